const DAY = 86_400_000;

/** The time that a date, a date-time or a date literal stands for, in ms, both ends included. UTC. */
export function dateRange(text: string, now: number): { from: number; to: number } {
  // Words are not for Date.parse, which makes a date of LAST_N_DAYS:3 too.
  const exact = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN;
  if (text.includes('T') && !Number.isNaN(exact)) return { from: exact, to: exact };
  if (!Number.isNaN(exact)) return days(exact, 1);
  const today = Math.floor(now / DAY) * DAY;
  const date = new Date(today);
  const week = today - date.getUTCDay() * DAY;
  const month = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
  const year = (offset: number) => Date.UTC(date.getUTCFullYear() + offset, 0, 1);
  const [word = '', count = '0'] = text.split(':');
  const n = Number(count);
  switch (word) {
    case 'YESTERDAY':
      return days(today - DAY, 1);
    case 'TOMORROW':
      return days(today + DAY, 1);
    case 'THIS_WEEK':
      return days(week, 7);
    case 'LAST_WEEK':
      return days(week - 7 * DAY, 7);
    case 'THIS_MONTH':
      return { from: month(0), to: month(1) - 1 };
    case 'LAST_MONTH':
      return { from: month(-1), to: month(0) - 1 };
    case 'THIS_YEAR':
      return { from: year(0), to: year(1) - 1 };
    case 'LAST_YEAR':
      return { from: year(-1), to: year(0) - 1 };
    case 'LAST_N_DAYS':
      return days(today - n * DAY, n + 1);
    case 'NEXT_N_DAYS':
      return days(today + DAY, n);
    case 'LAST_N_WEEKS':
      return days(week - n * 7 * DAY, n * 7);
    case 'LAST_N_MONTHS':
      return { from: month(-n), to: month(0) - 1 };
    default:
      return days(today, 1);
  }
}

const days = (from: number, count: number) => ({ from, to: from + count * DAY - 1 });
