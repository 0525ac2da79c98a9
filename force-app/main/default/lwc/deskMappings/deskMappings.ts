import { BRIDGE_QUERY, accessTo, cardState, countText, fill, nodesOf, readJson, valuesOf } from 'c/deskSync';
import { LightningElement, wire } from 'lwc';
import { graphql, type GraphqlResult } from 'lightning/graphql';
import { getObjectInfo, type ObjectInfoResult } from 'lightning/uiObjectInfoApi';
import DESK_BRIDGE from '@salesforce/schema/Desk_Bridge__c';
import { labels } from './labels';
import type { Mappings } from './mappings';
import { sections } from './sections';

/** Shows the rules and mappings that the bridge works with, and says where they are changed. */
export default class DeskMappings extends LightningElement {
  labels = labels;
  readError = '';
  /** Null where no bridge has written; without mappings where it cannot be read. */
  _bridge: { readonly mappings: Mappings | null } | null | undefined;
  _objectInfo: ObjectInfoResult = {};

  @wire(getObjectInfo, { objectApiName: DESK_BRIDGE })
  receiveObjectInfo(result: ObjectInfoResult) {
    this._objectInfo = result;
  }

  @wire(graphql, { query: BRIDGE_QUERY })
  receiveBridge({ data, errors }: GraphqlResult) {
    if (errors?.length) this.readError = errors.map((one) => one.message).join(' ');
    else if (data) {
      const [node] = nodesOf(data, 'Desk_Bridge__c').rows;
      this.readError = '';
      this._bridge = node
        ? { mappings: readJson(valuesOf(node, ['Mappings__c']).Mappings__c) as Mappings | null }
        : null;
    }
  }

  get cardState() {
    const access = accessTo('Mappings__c', this._objectInfo);
    return cardState({ access, readError: this.readError, value: this._bridge, labels });
  }

  get mappings() {
    return this.cardState ? null : (this._bridge?.mappings ?? null);
  }

  get isUnreadable() {
    return !this.cardState && this._bridge?.mappings === null;
  }

  get isInOrg() {
    return this.mappings?.home === 'org';
  }

  get whereToChange() {
    return this.isInOrg ? labels.changeInOrg : labels.changeInFile;
  }

  get problems() {
    return this.mappings?.problems ?? [];
  }

  get hasProblems() {
    return this.problems.length > 0;
  }

  get sections() {
    return this.mappings ? sections(this.mappings) : [];
  }

  get more() {
    const more = this.mappings?.more ?? 0;
    return more > 0 ? fill(labels.more, countText(more)) : '';
  }
}
