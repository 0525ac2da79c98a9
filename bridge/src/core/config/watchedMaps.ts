import { fieldOf, type FieldMap } from '../fieldMap.ts';
import type { PairKind } from '../pair.ts';
import type { DeskField } from './deskField.ts';

/** A field that is looked at because a condition names it, and never crosses. */
export function watchedInSalesforce(pair: PairKind, path: string): FieldMap {
  return fieldOf(pair, {
    name: `watched ${path}`,
    salesforce: path,
    desk: '',
    watched: 'salesforce',
    deskValue: () => null,
    write: () => undefined,
  });
}

/** The same of a field of Desk. */
export function watchedInDesk(pair: PairKind, field: DeskField): FieldMap {
  return fieldOf(pair, {
    name: `watched ${field.name}`,
    salesforce: '',
    desk: field.name,
    watched: 'desk',
    deskValue: (record) => field.read(record),
    write: () => undefined,
  });
}
