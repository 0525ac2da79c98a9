import { LOG_QUERY, accessTo, cardState, pairText, readLog, recordAddress, type LogEntry } from 'c/deskSync';
import { LightningElement, api, wire } from 'lwc';
import { graphql, type GraphqlResult } from 'lightning/graphql';
import { getObjectInfo, type ObjectInfoResult } from 'lightning/uiObjectInfoApi';
import DESK_LOG from '@salesforce/schema/Desk_Log__c';
import { labels } from './labels';
import { levelBadge } from './levels';

const PAGE = 10;
const LONGEST_TEXT = 300;

/** Shows the entries of the log that meet a condition, newest first, page by page. */
export default class DeskLogList extends LightningElement {
  labels = labels;
  /** Whether each entry says of which record it tells. */
  @api showRecords = false;
  /** What is said where there is no entry. */
  @api emptyText = '';
  readError = '';
  hasMore = false;
  _where: object | undefined;
  _entries: readonly LogEntry[] | undefined;
  _first = PAGE;
  _objectInfo: ObjectInfoResult = {};

  /** As the argument `where` of the object in GraphQL; nothing is asked for before it is set. */
  @api get where(): object | undefined {
    return this._where;
  }

  /** Nothing that belongs to another condition may stay. */
  set where(where: object | undefined) {
    // The same condition anew is asked for no second time, so nothing would come in place of what is dropped.
    if (JSON.stringify(where) === JSON.stringify(this._where)) return;
    this._where = where;
    this._entries = undefined;
    this._first = PAGE;
    this.hasMore = false;
    this.readError = '';
  }

  get variables() {
    return this._where ? { where: this._where, first: this._first } : undefined;
  }

  @wire(getObjectInfo, { objectApiName: DESK_LOG })
  receiveObjectInfo(result: ObjectInfoResult) {
    this._objectInfo = result;
  }

  @wire(graphql, { query: LOG_QUERY, variables: '$variables' })
  receiveLog({ data, errors }: GraphqlResult) {
    if (errors?.length) this.readError = errors.map((one) => one.message).join(' ');
    else if (data) {
      const { entries, hasMore } = readLog(data);
      this.readError = '';
      this._entries = entries;
      this.hasMore = hasMore;
    }
  }

  get cardState() {
    const value = this._entries?.length === 0 ? null : this._entries;
    const access = accessTo('Text__c', this._objectInfo);
    const words = { ...labels, empty: this.emptyText, emptyHint: '' };
    return cardState({ access, readError: this.readError, value, labels: words });
  }

  get rows() {
    if (this.cardState) return null;
    return this._entries?.map(({ id, at, level, pair, text, recordId, deskId }) => {
      const whole = text ?? '';
      const isCut = whole.length > LONGEST_TEXT;
      return {
        id,
        at,
        level: levelBadge(level),
        whole,
        text: isCut ? `${whole.slice(0, LONGEST_TEXT)}…` : whole,
        isCut,
        address: recordAddress(recordId),
        name: `${pairText(pair)} ${deskId ?? recordId ?? ''}`,
      };
    });
  }

  /** Reads from the newest on again: what came meanwhile belongs on top, and nothing may show twice. */
  handleOlder() {
    this._first += PAGE;
  }
}
