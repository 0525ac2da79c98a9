import { LightningElement, api } from 'lwc';

/** As lightning-button, neutral. */
export default class Button extends LightningElement {
  @api label;
  @api disabled = false;

  @api focus() {
    this.template.querySelector('button').focus();
  }
}
