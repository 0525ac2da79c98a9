import {
  LOG_QUERY,
  accessTo,
  appearanceOf,
  cardState,
  causeOf,
  directionText,
  hearAnswers,
  mayWrite,
  readLog,
  refusalText,
  waitForAnswer,
  type LogEntry,
} from 'c/deskSync';
import { LightningElement, api, wire } from 'lwc';
import { graphql, type GraphqlResult } from 'lightning/graphql';
import { getObjectInfo, type ObjectInfoResult } from 'lightning/uiObjectInfoApi';
import { notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import DESK_LINK from '@salesforce/schema/Desk_Link__c';
import { DESK_LINK_QUERY, readDeskLink, type DeskLink } from './deskLink';
import { labels } from './labels';
import { REQUESTS, type RequestedAction } from './requests';

/** The event stream tells at once; this is for orgs, and moments, without it. */
const LOOK_EVERY_MS = 1_000;
const WAIT_AT_MOST_MS = 15_000;
const LONGEST_REASON = 300;
/** That a record is not linked is what the card is to show, with the reason. */
const NOT_LINKED = {};
const CARD_LABELS = { ...labels, empty: '', emptyHint: '' };

/** Shows whether the record of the page is in step with Desk, and asks for a sync, an unlink or a relink. */
export default class DeskSyncStatus extends LightningElement {
  labels = labels;
  /** What happened to the last request, for the eye and for screen readers. */
  message = '';
  isAsking = false;
  isConfirming = false;
  readError = '';
  _recordId: string | undefined;
  _link: DeskLink | null | undefined;
  /** Why a record has no link: the last entry of the log, where it tells of a failure. */
  _problem: LogEntry | null = null;
  _objectInfo: ObjectInfoResult = {};
  _refresh: (() => Promise<void>) | undefined;
  _stopWaiting: (() => void) | undefined;
  _focusOn: string | undefined;

  @api get recordId(): string | undefined {
    return this._recordId;
  }

  /** A page may show another record in the same component: nothing of the last one may stay. */
  set recordId(recordId: string | undefined) {
    if (recordId === this._recordId) return;
    this._recordId = recordId;
    this._link = undefined;
    this._problem = null;
    this.readError = '';
    this._forgetRequest();
  }

  get variables() {
    return this._recordId ? { recordId: this._recordId } : undefined;
  }

  /** Why a record is not linked is asked for only where one is not. */
  get problemVariables() {
    if (this._link !== null || !this._recordId) return undefined;
    return { where: { Record_Id__c: { eq: this._recordId } }, first: 1 };
  }

  @wire(getObjectInfo, { objectApiName: DESK_LINK })
  receiveObjectInfo(result: ObjectInfoResult) {
    this._objectInfo = result;
  }

  @wire(graphql, { query: DESK_LINK_QUERY, variables: '$variables' })
  receiveLink({ data, errors, refresh }: GraphqlResult) {
    if (refresh) this._refresh = refresh;
    if (errors?.length) this.readError = errors.map((one) => one.message).join(' ');
    else if (data) {
      this.readError = '';
      this._link = readDeskLink(data);
    }
  }

  @wire(graphql, { query: LOG_QUERY, variables: '$problemVariables' })
  receiveProblem({ data }: GraphqlResult) {
    // Who may not read the log sees that the record is not linked, as before.
    const [last] = data ? readLog(data).entries : [];
    this._problem = last && last.level !== 'Info' ? last : null;
  }

  override disconnectedCallback() {
    this._forgetRequest();
  }

  get cardState() {
    const value = this._link === null ? NOT_LINKED : this._link;
    const access = accessTo('Status__c', this._objectInfo);
    return cardState({ access, readError: this.readError, value, labels: CARD_LABELS });
  }

  get link(): DeskLink | null {
    return this.cardState ? null : (this._link ?? null);
  }

  get isNotLinked() {
    return !this.cardState && this._link === null;
  }

  get isShown() {
    return Boolean(this.link) || this.isNotLinked;
  }

  get appearance() {
    if (this.link) return appearanceOf(this.link.status);
    if (!this._problem) return undefined;
    return appearanceOf(this._problem.rule === 'ambiguous' ? 'Ambiguous' : 'Failing');
  }

  /** What to do: as the cause says, where there is one. */
  get hint() {
    return this._cause?.hint ?? this.appearance?.hint ?? '';
  }

  get causeText() {
    const text = this._cause?.text ?? '';
    return text === this.appearance?.text ? '' : text;
  }

  get direction() {
    return directionText(this.link?.lastDirection ?? null);
  }

  get wholeReason() {
    return (this.link ? this.link.lastError : this._problem?.text) ?? '';
  }

  get reason() {
    const text = this.wholeReason;
    return this.isReasonCut ? `${text.slice(0, LONGEST_REASON)}…` : text;
  }

  get isReasonCut() {
    return this.wholeReason.length > LONGEST_REASON;
  }

  get mayAsk() {
    return mayWrite('Requested_Action__c', this._objectInfo);
  }

  get mayNotAsk() {
    return Boolean(this.link) && !this.mayAsk;
  }

  get isBusy() {
    return this.isAsking || this.isConfirming;
  }

  get mayRelink() {
    return this.mayAsk && this.link?.status === 'Unlinked';
  }

  get mayUnlink() {
    return this.mayAsk && Boolean(this.link) && this.link?.status !== 'Unlinked';
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
    this._focusOn = 'confirm';
  }

  handleConfirmed() {
    this.isConfirming = false;
    return this._ask('Unlink');
  }

  handleCancel() {
    this.isConfirming = false;
    // The button that had the focus is gone: without this a keyboard user starts over at the top of the page.
    this._focusOn = 'unlink';
  }

  override renderedCallback() {
    if (!this._focusOn) return;
    const focused = this.template?.querySelector<HTMLElement>(`[data-id="${this._focusOn}"]`);
    this._focusOn = undefined;
    focused?.focus();
  }

  get _cause() {
    return causeOf((this.link ? this.link.cause : this._problem?.rule) ?? null);
  }

  async _ask(action: RequestedAction) {
    const { link, recordId } = this;
    if (this.isAsking || !link || !recordId) return;
    const { done, asking, answered, tried } = REQUESTS[action];
    const isStillThis = () => this.isConnected && this._link?.id === link.id;
    this.isAsking = true;
    this.message = asking;
    try {
      // The bridge hears of a change of the field: the same value again would be none.
      if (link.requestedAction === action) await request(link.id, null);
      await request(link.id, action);
    } catch (error) {
      if (!isStillThis()) return;
      this.isAsking = false;
      this.message = `${labels.notAsked} ${refusalText(error)}`;
      return;
    }
    if (!isStillThis()) return;
    this._stopWaiting = waitForAnswer({
      look: () => this._refresh?.() ?? Promise.resolve(),
      // The bridge clears the field when it has done what was asked for.
      isAnswered: () => isStillThis() && this._link?.requestedAction !== action,
      hear: (onHeard) => hearAnswers(recordId, onHeard),
      onEnd: (isAnswered) => {
        this.isAsking = false;
        if (!isAnswered) {
          this.message = labels.late;
          return;
        }
        this.message = this._link?.status === done ? answered : tried;
        // What came from Desk stands on the page only once it reads the record anew.
        void notifyRecordUpdateAvailable([{ recordId }]);
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
}

function request(id: string, action: RequestedAction | null) {
  return updateRecord({ fields: { Id: id, Requested_Action__c: action } });
}
