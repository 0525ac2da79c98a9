import { LightningElement, api } from 'lwc';

/** As lightning-card: a title, actions beside it, a body. */
export default class Card extends LightningElement {
  @api title;
  @api iconName;
}
