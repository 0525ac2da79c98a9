import type { DeskCustomField, Describes, SalesforceField } from './describes.ts';
import type { PairKind } from '../pair.ts';

type Overrides = Partial<Omit<SalesforceField, 'name' | 'type' | 'picklistValues'>> & {
  readonly values?: readonly string[];
};

/** A field as describe tells it, for tests. */
export function aField(
  name: string,
  type: string,
  { values = [], ...overrides }: Overrides = {},
): SalesforceField {
  return {
    name,
    label: name,
    type,
    length: 0,
    precision: 0,
    scale: 0,
    nillable: true,
    defaultedOnCreate: false,
    createable: true,
    updateable: true,
    calculated: false,
    calculatedFormula: null,
    autoNumber: false,
    externalId: false,
    idLookup: false,
    unique: false,
    htmlFormatted: false,
    extraTypeInfo: null,
    restrictedPicklist: false,
    picklistValues: values.map((value) => ({ value, label: value, active: true })),
    referenceTo: [],
    relationshipName: null,
    ...overrides,
  };
}

/** Describes of both sides, for tests. */
export function aDescribe(
  objects: Readonly<Record<string, readonly SalesforceField[]>>,
  desk: Partial<Record<PairKind, readonly DeskCustomField[]>> = {},
): Describes {
  return {
    salesforce: Object.fromEntries(
      Object.entries(objects).map(([name, fields]) => [name, { name, fields, recordTypes: [] }]),
    ),
    desk: { company: [], customer: [], case: [], ...desk },
  };
}
