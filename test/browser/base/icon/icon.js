import { LightningElement, api } from 'lwc';

/** As lightning-icon: decorative unless it has an alternative text. */
export default class Icon extends LightningElement {
  @api iconName;
  @api alternativeText;
  @api size = 'medium';

  get svgClass() {
    return `slds-icon slds-icon_${this.size}`;
  }
}
