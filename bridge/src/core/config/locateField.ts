import { OBJECT_OF, type PairKind } from '../pair.ts';
import { closest } from './closest.ts';
import type { Describes, SalesforceField, SalesforceObjectDescribe } from './describes.ts';
import { pathParts } from './fieldPath.ts';

/** A field that a mapping names, by Salesforce's own spelling. */
export type LocatedField = {
  readonly path: string;
  readonly field: SalesforceField;
  /** The lookup that the path goes through; null for a field of the record itself. */
  readonly lookup: SalesforceField | null;
};

export type Location =
  | { readonly found: true; readonly at: LocatedField }
  | { readonly found: false; readonly message: string; readonly fix: string };

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

const lost = (message: string, fix: string): Location => ({ found: false, message, fix });

function unknown(what: string, object: string, name: string, names: readonly string[]): Location {
  const near = closest(name, names);
  return lost(
    `${object} has no ${what} ${name}, or the bridge's user cannot see it.`,
    near === null
      ? 'Look at the API name in Setup, and at what the user of the bridge may see.'
      : `Did you mean ${near}?`,
  );
}

/** An API name is what counts; a label leads to it. */
function unknownField(describe: SalesforceObjectDescribe, name: string): Location {
  const labelled = describe.fields.find((field) => same(field.label, name));
  const names = labelled ? [labelled.name] : describe.fields.map((field) => field.name);
  return unknown('field', describe.name, labelled ? labelled.name : name, names);
}

function throughLookup(
  own: SalesforceObjectDescribe,
  describes: Describes['salesforce'],
  relation: string,
  name: string,
): Location {
  const lookups = own.fields.filter((field) => field.relationshipName !== null);
  const lookup = lookups.find((field) => same(field.relationshipName ?? '', relation));
  if (!lookup) {
    const relations = lookups.map((field) => field.relationshipName ?? '');
    return unknown('lookup', own.name, relation, relations);
  }
  const [target, ...others] = lookup.referenceTo;
  if (target === undefined || others.length > 0)
    return lost(
      `${lookup.name} can lead to several objects, so it has no key that is always there.`,
      'Map a formula field that holds what you need.',
    );
  const describe = describes[target];
  if (!describe)
    return lost(
      `The bridge's user cannot see ${target}, to which ${lookup.name} leads.`,
      `Give it read access to ${target}.`,
    );
  const field = describe.fields.find((one) => same(one.name, name));
  if (!field) return unknownField(describe, name);
  return {
    found: true,
    at: { path: `${lookup.relationshipName ?? relation}.${field.name}`, field, lookup },
  };
}

/** Finds the field of a name or of a path through one lookup, in whatever case it is written. */
export function locateField(pair: PairKind, path: string, describes: Describes): Location {
  return locateIn(OBJECT_OF[pair], path, describes.salesforce);
}

/** The same in any object that is described. */
export function locateIn(object: string, path: string, describes: Describes['salesforce']): Location {
  const describe = describes[object];
  if (!describe) return lost(`The bridge's user cannot see ${object}.`, `Give it read access to ${object}.`);
  const { relation, field: name } = pathParts(path);
  if (name.includes('.'))
    return lost(
      `${path} goes through more than one lookup.`,
      'Map a formula field that holds what you need.',
    );
  if (relation !== null) return throughLookup(describe, describes, relation, name);
  const field = describe.fields.find((one) => same(one.name, name));
  return field
    ? { found: true, at: { path: field.name, field, lookup: null } }
    : unknownField(describe, name);
}
