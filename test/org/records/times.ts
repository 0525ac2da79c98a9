import type { FieldSchema } from '../schema/types.ts';

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;
const CLOCK = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?Z?$/;

/** A date, date-time or time as it is stored; null where the text is none. */
export function storedTime(type: FieldSchema['type'], raw: unknown): string | null {
  if (typeof raw !== 'string') return null;
  if (type === 'time') {
    const [, hours, minutes, seconds, fraction = ''] = CLOCK.exec(raw) ?? [];
    return hours === undefined ? null : `${hours}:${minutes}:${seconds}.${fraction.padEnd(3, '0')}Z`;
  }
  if (type === 'date') return isDay(raw) ? raw : null;
  if (!MOMENT.test(raw) || !isDay(raw.slice(0, 10))) return null;
  const time = Date.parse(raw.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time) ? null : salesforceTime(time);
}

/** Days that the calendar has, within the years that the platform takes. */
function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = DAY.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return (
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    Number(year) >= 1_700 &&
    Number(year) <= 4_000
  );
}

/** Salesforce's way of writing a time: seconds, with empty milliseconds and its offset. */
export function salesforceTime(ms: number): string {
  return `${new Date(Math.floor(ms / 1_000) * 1_000).toISOString().slice(0, 19)}.000+0000`;
}
