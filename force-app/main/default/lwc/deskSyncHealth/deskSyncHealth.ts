import {
  BRIDGE_QUERY,
  accessTo,
  cardState,
  mayWrite,
  nodesOf,
  readJson,
  refusalText,
  valuesOf,
  waitForAnswer,
} from 'c/deskSync';
import { LightningElement, wire } from 'lwc';
import { graphql, type GraphqlResult } from 'lightning/graphql';
import { getObjectInfo, type ObjectInfoResult } from 'lightning/uiObjectInfoApi';
import { updateRecord } from 'lightning/uiRecordApi';
import DESK_BRIDGE from '@salesforce/schema/Desk_Bridge__c';
import { budgetRows } from './budgetRows';
import { causeRows } from './causeRows';
import { COUNT_COLUMNS, countRows } from './countRows';
import type { Health } from './health';
import { labels } from './labels';
import { partRows } from './parts';
import { bridgeState } from './states';

const LOOK_EVERY_MS = 1_000;
const WAIT_AT_MOST_MS = 30_000;

type Bridge = {
  readonly id: string;
  readonly seen: string | null;
  readonly state: string | null;
  readonly health: Health | null;
  readonly requestedAction: string | null;
};

/** Shows administrators how the bridge is doing, and asks it for another try of what fails. */
export default class DeskSyncHealth extends LightningElement {
  labels = labels;
  countColumns = COUNT_COLUMNS;
  message = '';
  readError = '';
  isAsking = false;
  _bridge: Bridge | null | undefined;
  _readAt = 0;
  _objectInfo: ObjectInfoResult = {};
  _refresh: (() => Promise<void>) | undefined;
  _stopWaiting: (() => void) | undefined;

  @wire(getObjectInfo, { objectApiName: DESK_BRIDGE })
  receiveObjectInfo(result: ObjectInfoResult) {
    this._objectInfo = result;
  }

  @wire(graphql, { query: BRIDGE_QUERY })
  receiveBridge({ data, errors, refresh }: GraphqlResult) {
    if (refresh) this._refresh = refresh;
    if (errors?.length) this.readError = errors.map((one) => one.message).join(' ');
    else if (data) {
      this.readError = '';
      this._bridge = readBridge(data);
      this._readAt = Date.now();
    }
  }

  override disconnectedCallback() {
    this._stopWaiting?.();
  }

  get cardState() {
    const access = accessTo('Health__c', this._objectInfo);
    return cardState({ access, readError: this.readError, value: this._bridge, labels });
  }

  get bridge() {
    return this.cardState ? null : (this._bridge ?? null);
  }

  get health() {
    return this.bridge?.health ?? null;
  }

  get isUnreadable() {
    return Boolean(this.bridge) && !this.health;
  }

  get state() {
    return bridgeState(this.bridge?.state ?? null, this.bridge?.seen ?? null, this._readAt);
  }

  get counts() {
    return countRows(this.health?.pairs ?? {});
  }

  get causes() {
    return causeRows(this.health?.causes ?? []);
  }

  get hasCauses() {
    return this.causes.length > 0;
  }

  get hasNoCauses() {
    return !this.hasCauses;
  }

  get parts() {
    return partRows(this.health?.parts ?? []);
  }

  get budgets() {
    return this.health ? budgetRows(this.health.budgets) : [];
  }

  get mayAsk() {
    return Boolean(this.bridge) && mayWrite('Requested_Action__c', this._objectInfo);
  }

  handleRefresh() {
    return this._ask({ Requested_Action__c: 'Refresh' }, labels.refreshed);
  }

  handleRetry(event: Event) {
    const { cause } = (event.currentTarget as HTMLElement).dataset;
    return this._ask({ Requested_Action__c: 'Retry', Requested_Cause__c: cause ?? null }, labels.retried);
  }

  async _ask(fields: Readonly<Record<string, string | null>>, answered: string) {
    const { bridge } = this;
    if (this.isAsking || !bridge) return;
    this.isAsking = true;
    this.message = labels.askingBridge;
    try {
      // The bridge hears of a change of the field: the same value again would be none.
      if (bridge.requestedAction === fields['Requested_Action__c'])
        await updateRecord({ fields: { Id: bridge.id, Requested_Action__c: null } });
      await updateRecord({ fields: { Id: bridge.id, ...fields } });
    } catch (error) {
      this.isAsking = false;
      this.message = `${labels.notAsked} ${refusalText(error)}`;
      return;
    }
    if (!this.isConnected) return;
    this._stopWaiting = waitForAnswer({
      look: () => this._refresh?.() ?? Promise.resolve(),
      // The bridge clears the field when it has done what was asked for.
      isAnswered: () => this._bridge?.requestedAction === null,
      onEnd: (isAnswered) => {
        this.isAsking = false;
        this.message = isAnswered ? answered : labels.lateBridge;
      },
      everyMs: LOOK_EVERY_MS,
      limitMs: WAIT_AT_MOST_MS,
    });
  }
}

function readBridge(data: unknown): Bridge | null {
  const [node] = nodesOf(data, 'Desk_Bridge__c').rows;
  if (!node) return null;
  const values = valuesOf(node, ['State__c', 'Seen__c', 'Health__c', 'Requested_Action__c']);
  return {
    id: node.Id,
    state: values.State__c,
    seen: values.Seen__c,
    health: readJson(values.Health__c) as Health | null,
    requestedAction: values.Requested_Action__c,
  };
}
