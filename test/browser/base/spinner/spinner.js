import { LightningElement, api } from 'lwc';

/** As lightning-spinner. */
export default class Spinner extends LightningElement {
  @api alternativeText;
  @api size = 'medium';

  get spinnerClass() {
    return `slds-spinner slds-spinner_${this.size}`;
  }
}
