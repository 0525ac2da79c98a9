import { countText, fill } from 'c/deskSync';
import { LightningElement, api } from 'lwc';
import { labels } from './labels';

/** What happened in an hour. */
export type Hour = {
  /** Its beginning, ISO 8601 */
  readonly at: string;
  readonly toDesk: number;
  readonly toSalesforce: number;
  readonly failed: number;
};

/** Of the picture, in its own units. */
const WIDTH = 10;
const BAR = 8;
const HEIGHT = 80;

/** Shows the last 24 hours as bars, and as a table for those who do not see them. */
export default class DeskHealthDay extends LightningElement {
  labels = labels;
  /** The oldest first. */
  @api hours: readonly Hour[] = [];

  get summary() {
    const sum = (of: 'toDesk' | 'toSalesforce' | 'failed') =>
      countText(this.hours.reduce((total, hour) => total + hour[of], 0));
    return fill(labels.lastDaySummary, sum('toDesk'), sum('toSalesforce'), sum('failed'));
  }

  get viewBox() {
    return `0 0 ${Math.max(1, this.hours.length) * WIDTH} ${HEIGHT}`;
  }

  get bars() {
    const highest = Math.max(
      1,
      ...this.hours.map(({ toDesk, toSalesforce, failed }) => toDesk + toSalesforce + failed),
    );
    return this.hours.flatMap(({ at, toDesk, toSalesforce, failed }, index) => {
      let top = HEIGHT;
      return [
        { kind: 'to-desk', count: toDesk },
        { kind: 'to-salesforce', count: toSalesforce },
        { kind: 'failed', count: failed },
      ].map(({ kind, count }) => {
        const height = (count / highest) * HEIGHT;
        top -= height;
        return { key: `${at} ${kind}`, className: kind, x: index * WIDTH, y: top, width: BAR, height };
      });
    });
  }

  get rows() {
    return this.hours.toReversed().map(({ at, toDesk, toSalesforce, failed }) => ({
      at,
      toDesk: countText(toDesk),
      toSalesforce: countText(toSalesforce),
      failed: countText(failed),
    }));
  }
}
