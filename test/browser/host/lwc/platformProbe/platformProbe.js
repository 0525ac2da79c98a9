import { LightningElement, api, wire } from 'lwc';
import { isEmpEnabled, onError, subscribe } from 'lightning/empApi';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { createRecord, getFieldValue, getRecord, updateRecord } from 'lightning/uiRecordApi';
import SUBJECT from '@salesforce/schema/Case.Subject';
import mayApi from '@salesforce/userPermission/ApiEnabled';
import lang from '@salesforce/i18n/lang';

/** Uses what the platform gives to a component, for the test of the page. */
export default class PlatformProbe extends NavigationMixin(LightningElement) {
  @api recordId;
  @api channel;
  events = '';
  problem = '';
  place = '';

  @wire(getRecord, { recordId: '$recordId', fields: [SUBJECT] }) record;
  @wire(CurrentPageReference) page;

  get title() {
    return `${lang} ${mayApi ? 'may' : 'may not'} ${this.page?.type}`;
  }

  get subject() {
    return getFieldValue(this.record.data, SUBJECT) ?? '';
  }

  async handleRename() {
    await this.try(() => updateRecord({ fields: { Id: this.recordId, Subject: 'Renamed' } }));
    this.dispatchEvent(new ShowToastEvent({ title: 'Saved', message: this.subject, variant: 'success' }));
  }

  handleCreate() {
    return this.try(() => createRecord({ apiName: 'Contact', fields: { Title: 'Nobody' } }));
  }

  async handleListen() {
    onError((error) => (this.problem = error.error));
    await this.try(async () => {
      if (await isEmpEnabled())
        await subscribe(this.channel, -1, ({ data }) => (this.events += `${data.payload.Record_Id__c};`));
      this.events = 'listening;';
    });
  }

  async handleGo() {
    const reference = {
      type: 'standard__recordPage',
      attributes: { recordId: this.recordId, actionName: 'view' },
    };
    this[NavigationMixin.Navigate](reference);
    this.place = await this[NavigationMixin.GenerateUrl](reference);
  }

  async try(work) {
    try {
      await work();
    } catch (error) {
      this.problem = error.body?.output
        ? Object.values(error.body.output.fieldErrors).flat()[0].message
        : (error.error ?? String(error));
    }
  }
}
