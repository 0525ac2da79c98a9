import { didYouMean } from './closest.ts';
import type { Describes, DeskType, SalesforceField } from './describes.ts';
import { fieldOutcome, type TypeOutcome } from './typeTable.ts';

/** Where a mapping's Salesforce name leads. */
export type FoundField =
  | {
      readonly ok: true;
      readonly field: SalesforceField;
      /** As Salesforce writes it: own field, or `Product__r.Code__c`. */
      readonly path: string;
      /** The field is on the record of a lookup. */
      readonly isKey: boolean;
      /** The lookup itself, of a path. */
      readonly lookup: SalesforceField | null;
    }
  | { readonly ok: false; readonly message: string; readonly fix: string };

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const HIDDEN = 'Correct the name, or let the user of the bridge see the field.';

/** Finds an own field, or the key of a lookup's record one step away. */
export function findSalesforceField({ salesforce }: Describes, object: string, path: string): FoundField {
  const own = salesforce[object];
  if (!own) return { ok: false, message: `${object} was not described.`, fix: 'Save the describe again.' };
  const [first = '', second, ...more] = path.split('.');
  if (more.length > 0)
    return {
      ok: false,
      message: `${path} goes over more than one lookup.`,
      fix: 'Map a key that is one step away.',
    };
  if (second === undefined) {
    const field = own.fields.find(({ name }) => same(name, first));
    if (field) return { ok: true, field, path: field.name, isKey: false, lookup: null };
    const meant = didYouMean(
      first,
      own.fields.map(({ name }) => name),
    );
    return { ok: false, message: `${object} has no field ${first}.${meant}`, fix: HIDDEN };
  }
  const lookup = own.fields.find(({ relationshipName }) => same(relationshipName ?? '', first));
  if (!lookup) {
    const known = own.fields.flatMap(({ relationshipName }) => relationshipName ?? []);
    return {
      ok: false,
      message: `${object} has no lookup ${first}.${didYouMean(first, known)}`,
      fix: HIDDEN,
    };
  }
  const [target = ''] = lookup.referenceTo;
  const field = salesforce[target]?.fields.find(({ name }) => same(name, second));
  if (field)
    return {
      ok: true,
      field,
      path: `${lookup.relationshipName ?? first}.${field.name}`,
      isKey: true,
      lookup,
    };
  const known = salesforce[target]?.fields.map(({ name }) => name) ?? [];
  return { ok: false, message: `${target} has no field ${second}.${didYouMean(second, known)}`, fix: HIDDEN };
}

/** Whether a found field and one of Desk agree. The key of a lookup is written where Salesforce finds records by it. */
export function outcomeFor(found: Extract<FoundField, { ok: true }>, desk: DeskType): TypeOutcome {
  const outcome = fieldOutcome(found.field, desk);
  if (!found.isKey || outcome.carried === 'no') return outcome;
  if (desk !== 'string') return { carried: 'no', reason: "The key of a lookup goes to Desk's text." };
  const isUnique = found.field.externalId || (found.field.idLookup && found.field.unique);
  const canWrite = found.lookup?.createable === true || found.lookup?.updateable === true;
  if (isUnique && canWrite)
    return {
      carried: 'both',
      loss: 'A key that no record has stays in Desk, and the pair fails until it is corrected.',
    };
  return { carried: 'to-desk', loss: outcome.loss };
}
