import type { DeskField } from '../config/deskField.ts';
import type { DeskType } from '../config/describes.ts';
import type { FieldMap } from '../fieldMap.ts';
import type { PairKind } from '../pair.ts';

/** The help desks that the bridge knows. */
export const DESK_KINDS = ['desk', 'zendesk'] as const;
export type DeskKind = (typeof DESK_KINDS)[number];

/** What is true of one help desk and of no other: the words for its fields and values. Data; asks nobody. */
export type Vocabulary = {
  readonly kind: DeskKind;
  /** As people call it. */
  readonly title: string;
  /** The fields that cross without any set up. */
  readonly maps: Readonly<Record<PairKind, readonly FieldMap[]>>;
  /** Names of the maps without which no record can be kept in step: they cannot be off. */
  readonly needed: Readonly<Record<PairKind, readonly string[]>>;
  /** Names of the maps without which the desk takes no new record. */
  readonly required: Readonly<Record<PairKind, readonly string[]>>;
  /** Names of the maps whose values an admin can pair: their fields take choices on at least one side. */
  readonly withValues: readonly string[];
  /** The fields that each such desk has, of those that can be mapped. */
  readonly fields: Readonly<Record<PairKind, readonly DeskField[]>>;
  /** The types that its custom fields can have, of those that can be mapped. */
  readonly types: readonly DeskType[];
  /** Fields that it has and that no mapping takes, by their names in small letters, and why. */
  readonly notMapped: Readonly<Record<string, string>>;
  /** How its custom fields are named in a mapping: a sentence. */
  readonly customNames: string;
};
