import { recordLink } from './safeLink.ts';
import { shownValue } from './shownValue.ts';
import type { ShownField } from './shownFields.ts';
import type { Card } from './view.ts';

/** A record that is shown, as a path from the one that was asked for. */
export type ShownRecord = {
  readonly object: string;
  /** Empty, or the relation that leads there, with its point. */
  readonly way: string;
  /** The field that names the record. */
  readonly heading: string;
  readonly fields: readonly ShownField[];
  /** Whether amounts say their currency: an org with several keeps it on each record. */
  readonly hasCurrency: boolean;
  /** The org's own address. */
  readonly instanceUrl: string;
};

/** What is read of the record, by paths from the one that is asked for. */
export function columnsFor({ way, heading, fields, hasCurrency }: ShownRecord): string[] {
  const own = fields.flatMap(({ path, namePath }) => [path, ...(namePath === null ? [] : [namePath])]);
  return ['Id', heading, ...own, ...(hasCurrency ? ['CurrencyIsoCode'] : [])].map((path) => way + path);
}

/** The record as people see it; null where there is none. */
export function cardOf(
  { object, way, heading, fields, hasCurrency, instanceUrl }: ShownRecord,
  record: Readonly<Record<string, unknown>>,
): Card | null {
  const id = at(record, `${way}Id`);
  if (typeof id !== 'string') return null;
  const name = at(record, way + heading);
  const currency = hasCurrency ? at(record, `${way}CurrencyIsoCode`) : undefined;
  return {
    name: typeof name === 'string' && name.trim() !== '' ? name : id,
    href: recordLink(instanceUrl, object, id),
    entries: fields.flatMap(({ label, path, field, namePath }) => {
      const value = shownValue(field, at(record, way + path), {
        name: namePath === null ? undefined : at(record, way + namePath),
        currency,
      });
      return value === null ? [] : [{ label, value }];
    }),
  };
}

/** What a record holds at a path of any length; each step but the last is an object, or null. */
function at(record: Readonly<Record<string, unknown>>, path: string): unknown {
  let found: unknown = record;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null) return null;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}
