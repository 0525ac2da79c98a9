import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { updateRecord } from 'lightning/uiRecordApi';
import DESK_LINK from '@salesforce/schema/Desk_Link__c';
import { waitForAnswer } from './answerWait';
import { appearanceOf, directionText } from './appearance';
import { DESK_LINK_QUERY, readDeskLink } from './deskLink';
import { labels } from './labels';
import { REQUESTS } from './requests';

const LOOK_EVERY_MS = 1_000;
const WAIT_AT_MOST_MS = 15_000;
const LONGEST_REASON = 300;

/** Shows whether the record of the page is in step with Desk, and asks for a sync, an unlink or a relink. */
export default class DeskSyncStatus extends LightningElement {
  labels = labels;
  /** What happened to the last request, for the eye and for screen readers. */
  message = '';
  isAsking = false;
  isConfirming = false;
  _recordId;
  _link;
  _readError = '';
  _objectInfo;
  _objectError;
  _refresh;
  _stopWaiting;

  @api get recordId() {
    return this._recordId;
  }

  /** A page may show another record in the same component: nothing of the last one may stay. */
  set recordId(recordId) {
    if (recordId === this._recordId) return;
    this._recordId = recordId;
    this._link = undefined;
    this._readError = '';
    this._forgetRequest();
  }

  get variables() {
    return this._recordId ? { recordId: this._recordId } : undefined;
  }

  @wire(getObjectInfo, { objectApiName: DESK_LINK })
  receiveObjectInfo({ data, error }) {
    this._objectInfo = data;
    this._objectError = error;
  }

  @wire(graphql, { query: DESK_LINK_QUERY, variables: '$variables' })
  receiveLink({ data, errors, refresh }) {
    if (refresh) this._refresh = refresh;
    if (errors?.length) this._readError = errors.map((one) => one.message).join(' ');
    else if (data) {
      this._readError = '';
      this._link = readDeskLink(data);
    }
  }

  disconnectedCallback() {
    this._forgetRequest();
  }

  get hasNoPermission() {
    // Salesforce hides an object from those who may not read it: it answers as if there were none.
    if (this._objectError) return [403, 404].includes(this._objectError.status);
    return this._objectInfo ? !this._objectInfo.fields.Status__c : false;
  }

  get hasError() {
    return !this.hasNoPermission && this._readError !== '';
  }

  get readError() {
    return this._readError;
  }

  get isLoading() {
    const objectIsKnown = this._objectInfo || this._objectError;
    return !this.hasNoPermission && !this.hasError && (this._link === undefined || !objectIsKnown);
  }

  get isNotLinked() {
    return !this.hasNoPermission && !this.hasError && !this.isLoading && this._link === null;
  }

  get link() {
    return this.hasNoPermission || this.hasError || this.isLoading ? null : this._link;
  }

  get appearance() {
    return appearanceOf(this._link.status);
  }

  get direction() {
    return directionText(this._link.lastDirection);
  }

  get reason() {
    const text = this._link.lastError ?? '';
    return text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON)}…` : text;
  }

  get isReasonCut() {
    return (this._link.lastError ?? '').length > LONGEST_REASON;
  }

  get mayAsk() {
    const { updateable, fields } = this._objectInfo ?? {};
    return Boolean(updateable && fields?.Requested_Action__c?.updateable);
  }

  get mayNotAsk() {
    return !this.mayAsk;
  }

  get isBusy() {
    return this.isAsking || this.isConfirming;
  }

  get mayRelink() {
    return Boolean(this.link) && this.mayAsk && this._link.status === 'Unlinked';
  }

  get mayUnlink() {
    return Boolean(this.link) && this.mayAsk && this._link.status !== 'Unlinked';
  }

  get hasActions() {
    return this.mayRelink || this.mayUnlink;
  }

  handleSyncNow() {
    return this._ask('Sync Now');
  }

  handleRelink() {
    return this._ask('Relink');
  }

  /** Nothing crosses any more after it, so it is asked for twice. */
  handleUnlink() {
    if (this.isAsking) return;
    this.message = '';
    this.isConfirming = true;
    this._moveFocus = true;
  }

  handleConfirmed() {
    this.isConfirming = false;
    return this._ask('Unlink');
  }

  handleCancel() {
    this.isConfirming = false;
  }

  renderedCallback() {
    if (!this._moveFocus) return;
    this._moveFocus = false;
    this.template.querySelector('[data-id="confirm"]')?.focus();
  }

  async _ask(action) {
    if (this.isAsking) return;
    const { id, requestedAction } = this._link;
    const { done, asking, answered, tried } = REQUESTS[action];
    const isStillThis = () => this.isConnected && this._link?.id === id;
    this.isAsking = true;
    this.message = asking;
    try {
      // The bridge hears of a change of the field: the same value again would be none.
      if (requestedAction === action) await this._request(id, null);
      await this._request(id, action);
    } catch (error) {
      if (!isStillThis()) return;
      this.isAsking = false;
      this.message = `${labels.notAsked} ${error?.body?.output?.errors?.[0]?.message ?? error?.body?.message ?? ''}`;
      return;
    }
    if (!isStillThis()) return;
    this._stopWaiting = waitForAnswer({
      look: () => this._refresh(),
      // The bridge clears the field when it has done what was asked for.
      isAnswered: () => isStillThis() && this._link.requestedAction !== action,
      onEnd: (isAnswered) => {
        this.isAsking = false;
        if (isAnswered) this.message = this._link.status === done ? answered : tried;
        else this.message = labels.late;
      },
      everyMs: LOOK_EVERY_MS,
      limitMs: WAIT_AT_MOST_MS,
    });
  }

  _forgetRequest() {
    this._stopWaiting?.();
    this.isAsking = false;
    this.isConfirming = false;
    this.message = '';
  }

  _request(id, action) {
    return updateRecord({ fields: { Id: id, Requested_Action__c: action } });
  }
}
