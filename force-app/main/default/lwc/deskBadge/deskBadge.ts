import type { Badge } from 'c/deskSync';
import { LightningElement, api } from 'lwc';

/** Shows a word with an icon and a colour. */
export default class DeskBadge extends LightningElement {
  @api badge: Badge | undefined;
}
