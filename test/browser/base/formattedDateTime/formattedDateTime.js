import { LightningElement, api } from 'lwc';

/** As lightning-formatted-date-time, always in English and in UTC. */
export default class FormattedDateTime extends LightningElement {
  @api value;
  @api year;
  @api month;
  @api day;
  @api hour;
  @api minute;

  get text() {
    const { year, month, day, hour, minute } = this;
    return new Intl.DateTimeFormat('en', { year, month, day, hour, minute, timeZone: 'UTC' }).format(
      new Date(this.value),
    );
  }
}
