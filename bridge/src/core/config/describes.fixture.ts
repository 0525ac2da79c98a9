import type { PairKind } from '../pair.ts';
import { DESK_VOCABULARY } from '../vocabulary/desk.ts';
import { aField } from './allTypes.fixture.ts';
import type { DeskCustomField, Describes, SalesforceField } from './describes.ts';

type Said = Partial<Omit<SalesforceField, 'picklistValues'>> & { readonly values?: readonly string[] };

/** A field of that type, with the values of its picklist as texts. */
export function typedField(name: string, type: string, { values = [], ...said }: Said = {}): SalesforceField {
  const picklistValues = values.map((value) => ({ value, label: value, active: true }));
  return aField(name, { type, length: 0, picklistValues, ...said });
}

/** Describes of both sides with these objects and custom fields. */
export function aDescribe(
  objects: Readonly<Record<string, readonly SalesforceField[]>>,
  desk: Partial<Record<PairKind, readonly DeskCustomField[]>> = {},
): Describes {
  return {
    salesforce: Object.fromEntries(
      Object.entries(objects).map(([name, fields]) => [
        name,
        { name, fields, deletable: true, recordTypes: [] },
      ]),
    ),
    desk: { company: [], customer: [], case: [], ...desk },
    vocabulary: DESK_VOCABULARY,
  };
}
