import { OBJECT_OF, type PairKind } from '../pair.ts';
import type { DeskField } from './deskField.ts';
import { deskFields } from './deskFields.ts';
import type { Describes, SalesforceField } from './describes.ts';
import { salesforceType, type SalesforceType } from './fieldTypes.ts';
import type { LocatedField } from './locateField.ts';
import { isKey, possibleWays, type Possible } from './mappableField.ts';
import { standardPair, whyStandardReadOnly } from './standardPair.ts';
import { agreeingTypes, agreement } from './typeTable.ts';

/** A field of Salesforce and one of Desk that can be mapped. */
export type FieldPair = {
  readonly salesforce: string;
  readonly desk: string;
  /** The widest direction that can be had. */
  readonly direction: Extract<Possible, { possible: true }>['direction'];
  /** What is lost on the way, in words; null where nothing is. */
  readonly loss: string | null;
};
export type Unmappable = {
  readonly salesforce: string;
  readonly type: SalesforceType | 'other';
  readonly reason: string;
};

const fieldsOf = (pair: PairKind, describes: Describes): readonly SalesforceField[] =>
  describes.salesforce[OBJECT_OF[pair]]?.fields ?? [];

/** The fields of the record itself, and the keys of the records that its lookups lead to. */
function reachable(pair: PairKind, describes: Describes): LocatedField[] {
  return fieldsOf(pair, describes).flatMap((field) => {
    const [target, ...others] = field.referenceTo;
    const keys =
      target === undefined || others.length > 0
        ? []
        : (describes.salesforce[target]?.fields ?? []).filter(isKey);
    return [
      { path: field.name, field, lookup: null },
      ...keys.map((key) => ({
        path: `${field.relationshipName ?? ''}.${key.name}`,
        field: key,
        lookup: field,
      })),
    ].filter((at) => !at.path.startsWith('.'));
  });
}

function pairOf(
  pair: PairKind,
  at: LocatedField,
  desk: DeskField,
  { vocabulary }: Describes,
): FieldPair | null {
  const names = { salesforce: at.path, desk: desk.name };
  if (standardPair({ pair, ...names }, vocabulary)) return null;
  const ways = possibleWays(at, desk);
  return ways.possible ? { ...names, direction: ways.direction, loss: ways.loss } : null;
}

/** The standard pairs whose field the user of the bridge can see. */
function standardPairs(pair: PairKind, describes: Describes): FieldPair[] {
  const seen = new Set(fieldsOf(pair, describes).map(({ name }) => name));
  return describes.vocabulary.maps[pair].flatMap((map) => {
    const { salesforce, desk, direction = 'two-way' } = map;
    if (!seen.has(salesforce) || direction === 'off') return [];
    const writable = whyStandardReadOnly(map, pair, describes) === null;
    return [{ salesforce, desk, direction: writable ? direction : 'salesforce-to-desk', loss: null }];
  });
}

/**
 * All pairs of fields that can be mapped, the standard ones first. Through a lookup, the keys of its record are
 * listed; its other fields can be mapped too, to Desk only.
 */
export function fieldPairs(pair: PairKind, describes: Describes): FieldPair[] {
  const desk = deskFields(pair, describes);
  return [
    ...standardPairs(pair, describes),
    ...reachable(pair, describes).flatMap((at) =>
      desk.map((field) => pairOf(pair, at, field, describes)).filter((found) => found !== null),
    ),
  ];
}

/** The fields of Salesforce that no field of this Desk goes with, each with the reason. */
export function unmappable(pair: PairKind, describes: Describes): Unmappable[] {
  const paired = new Set(fieldPairs(pair, describes).map((found) => found.salesforce));
  return fieldsOf(pair, describes)
    .filter((field) => !paired.has(field.name))
    .map((field) => {
      const agreeing = agreeingTypes(field, describes.vocabulary.types);
      const never = agreement(field, 'string');
      const reason =
        agreeing.length > 0 || never.carried !== 'no'
          ? `Desk has no field of the type ${agreeing.join(' or ')} for a ${pair}`
          : never.reason;
      return { salesforce: field.name, type: salesforceType(field), reason };
    });
}
