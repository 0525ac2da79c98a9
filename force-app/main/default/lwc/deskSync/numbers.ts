import LOCALE from '@salesforce/i18n/locale';

const whole = new Intl.NumberFormat(LOCALE);
const share = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 });

/** A count as the user's locale writes it. */
export function countText(count: number): string {
  return whole.format(count);
}

/** A part of a whole, 0 to 1, in per cent. */
export function shareText(part: number): string {
  return share.format(part);
}
