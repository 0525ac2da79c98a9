import { timeOf } from '../timeOf.ts';

const DAY = 86_400_000;

/** The time that a date stands for, in milliseconds since 1970, both ends included. */
export type DateRange = { readonly from: number; readonly to: number };

const days = (from: number, count: number): DateRange => ({ from, to: from + count * DAY - 1 });

type Calendar = {
  readonly today: number;
  readonly week: number;
  readonly month: (offset: number) => number;
  readonly year: (offset: number) => number;
};

/** Weeks begin on Sunday, as they do for a user of the United States. */
function calendarAt(now: number): Calendar {
  const today = Math.floor(now / DAY) * DAY;
  const date = new Date(today);
  return {
    today,
    week: today - date.getUTCDay() * DAY,
    month: (offset) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1),
    year: (offset) => Date.UTC(date.getUTCFullYear() + offset, 0, 1),
  };
}

const WORDS: Readonly<Record<string, (calendar: Calendar, n: number) => DateRange>> = {
  TODAY: ({ today }) => days(today, 1),
  YESTERDAY: ({ today }) => days(today - DAY, 1),
  TOMORROW: ({ today }) => days(today + DAY, 1),
  THIS_WEEK: ({ week }) => days(week, 7),
  LAST_WEEK: ({ week }) => days(week - 7 * DAY, 7),
  THIS_MONTH: ({ month }) => ({ from: month(0), to: month(1) - 1 }),
  LAST_MONTH: ({ month }) => ({ from: month(-1), to: month(0) - 1 }),
  THIS_YEAR: ({ year }) => ({ from: year(0), to: year(1) - 1 }),
  LAST_YEAR: ({ year }) => ({ from: year(-1), to: year(0) - 1 }),
  LAST_N_DAYS: ({ today }, n) => days(today - n * DAY, n + 1),
  NEXT_N_DAYS: ({ today }, n) => days(today + DAY, n),
  LAST_N_WEEKS: ({ week }, n) => days(week - n * 7 * DAY, n * 7),
  LAST_N_MONTHS: ({ month }, n) => ({ from: month(-n), to: month(0) - 1 }),
};

/** Whether a date word of SOQL, such as `LAST_N_DAYS:7`, is understood here. */
export function isDateWord(text: string): boolean {
  const [word = '', count] = text.toUpperCase().split(':');
  return Object.hasOwn(WORDS, word) && /_N_/.test(word) === (count !== undefined);
}

/** The time that a date, a date-time or a date word stands for, in UTC. Null for anything else. */
export function dateRange(text: string, now: number): DateRange | null {
  const [word = '', count = '0'] = text.toUpperCase().split(':');
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (known) return known(calendarAt(now), Number(count));
  const exact = timeOf(text);
  if (Number.isNaN(exact)) return null;
  return text.includes('T') ? { from: exact, to: exact } : days(exact, 1);
}
