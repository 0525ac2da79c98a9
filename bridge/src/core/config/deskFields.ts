import type { PairKind } from '../pair.ts';
import { customDeskField } from './customDeskField.ts';
import type { DeskField } from './deskField.ts';
import type { Describes } from './describes.ts';

/** The fields of Desk that can be mapped for a pair: the standard ones, and the active custom ones. */
export function deskFields(pair: PairKind, describes: Describes): DeskField[] {
  const custom = describes.desk[pair].filter((field) => field.active).map(customDeskField);
  return [...describes.vocabulary.fields[pair], ...custom];
}

/** The field of that name, in whatever case it is written. */
export function findDeskField(pair: PairKind, name: string, describes: Describes): DeskField | undefined {
  return deskFields(pair, describes).find((field) => field.name.toLowerCase() === name.toLowerCase());
}
