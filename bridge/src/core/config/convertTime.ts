import type { Value } from '../values.ts';
import { NO_WAY_BACK, ofValues, refuse, say, type Conversion, type Said } from './conversion.ts';
import type { SalesforceField } from './describes.ts';

/** Salesforce takes the years 1700 to 4000. */
const FIRST = Date.UTC(1700, 0, 1);
const AFTER_LAST = Date.UTC(4001, 0, 1);
const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(?:(Z)|([+-]\d\d):?(\d\d))$/i;

const inYears = (ms: number) => ms >= FIRST && ms < AFTER_LAST;

/** A day of the calendar as it is; null for what is none, such as 30 February. */
function dayOf(value: Value): string | null {
  const day = String(value);
  if (!DAY.test(day)) return null;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return inYears(ms) && new Date(ms).toISOString().startsWith(day) ? day : null;
}

/** Milliseconds since 1970, of whole seconds as Salesforce keeps them; null without a zone. */
function momentOf(value: Value): number | null {
  const [, day, minute, second = ':00', utc, hours, minutes] = MOMENT.exec(String(value).trim()) ?? [];
  if (day === undefined || minute === undefined || dayOf(day) === null) return null;
  const ms = Date.parse(`${day}T${minute}${second}${utc ? 'Z' : `${hours}:${minutes}`}`);
  return inYears(ms) ? ms : null;
}

const iso = (ms: number) => new Date(ms).toISOString().slice(0, 19);

export function dateConversion(field: SalesforceField): Conversion {
  const day = (value: Value): Said => {
    const known = dayOf(value);
    return known === null
      ? refuse(`${field.name} takes a date such as 2026-01-31, from 1700 to 4000, and this is none`)
      : say(known);
  };
  return ofValues(day, day);
}

/** A moment and its text, in UTC and to the second: 2026-01-31T09:00:00Z. */
export function momentConversion(field: SalesforceField): Conversion {
  const noMoment = refuse(
    `${field.name} takes a date and time with its zone, such as 2026-01-31T09:00:00Z, and this is none`,
  );
  return ofValues(
    (value) => {
      const ms = momentOf(value);
      return ms === null ? noMoment : say(`${iso(ms)}Z`);
    },
    (value) => {
      const ms = momentOf(value);
      // As Salesforce itself says it, so that equal moments are equal text.
      return ms === null ? noMoment : say(`${iso(ms)}.000+0000`);
    },
  );
}

/** A moment and its day in UTC. */
export function dayOfMomentConversion(field: SalesforceField): Conversion {
  return ofValues((value) => {
    const ms = momentOf(value);
    return ms === null ? refuse(`${field.name} holds no date and time`) : say(iso(ms).slice(0, 10));
  }, NO_WAY_BACK);
}
