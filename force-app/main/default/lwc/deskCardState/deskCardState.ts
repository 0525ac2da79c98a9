import type { CardState } from 'c/deskSync';
import { LightningElement, api } from 'lwc';

/** Shows that a card loads, or why it has nothing to show. */
export default class DeskCardState extends LightningElement {
  /** Null where the card has content. */
  @api state: CardState | null = null;

  get isLoading() {
    return this.state?.kind === 'loading';
  }

  /** An error is read out at once. */
  get urgency() {
    return this.state?.kind === 'error' ? 'alert' : null;
  }

  get told() {
    return this.state && this.state.kind !== 'loading' ? this.state : null;
  }
}
