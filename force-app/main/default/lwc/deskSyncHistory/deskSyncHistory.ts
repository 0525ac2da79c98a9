import { LightningElement, api } from 'lwc';
import history from '@salesforce/label/c.DeskSync_History';
import historyEmpty from '@salesforce/label/c.DeskSync_HistoryEmpty';

/** Shows what happened to the record of the page. */
export default class DeskSyncHistory extends LightningElement {
  labels = { history, historyEmpty };
  @api recordId: string | undefined;

  get where() {
    return this.recordId ? { Record_Id__c: { eq: this.recordId } } : undefined;
  }
}
