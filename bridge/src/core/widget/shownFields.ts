import type { Describes, SalesforceField } from '../config/describes.ts';
import { locateIn, type LocatedField } from '../config/locateField.ts';

/** A field of an object that people see, with what is read for it. */
export type ShownField = {
  readonly label: string;
  /** From the object: a name, or a path through a lookup. */
  readonly path: string;
  readonly field: SalesforceField;
  /** Of a lookup, the path to the name of its record. */
  readonly namePath: string | null;
};
export type FoundFields = {
  readonly fields: readonly ShownField[];
  /** Paths that the bridge's user does not see, or that are nowhere. */
  readonly missing: readonly string[];
};

/** As many as a narrow column has room for, and a query. */
const MOST = 40;
/** What cannot be shown as words. */
const NEVER: ReadonlySet<string> = new Set(['base64', 'anyType', 'complexvalue', 'json']);
/** Objects whose records have no field called Name. */
const NAME_OF: Readonly<Record<string, string>> = {
  Case: 'CaseNumber',
  Contract: 'ContractNumber',
  Event: 'Subject',
  Order: 'OrderNumber',
  Solution: 'SolutionName',
  Task: 'Subject',
};

/** The field that a record of the object is known by. */
export const nameField = (object: string): string => NAME_OF[object] ?? 'Name';

/** Finds the fields of these paths, each once, in their order. */
export function shownFields(
  object: string,
  paths: readonly string[],
  describes: Describes['salesforce'],
): FoundFields {
  const fields = new Map<string, ShownField>();
  const missing: string[] = [];
  for (const path of paths) {
    const location = locateIn(object, path, describes);
    const field = location.found ? shownField(location.at, describes) : null;
    if (field === null || (fields.size >= MOST && !fields.has(field.path))) missing.push(path);
    else fields.set(field.path, field);
  }
  return { fields: [...fields.values()], missing };
}

/** Null for what is no words, and for a lookup whose record has no name that is seen. */
function shownField(
  { path, field, lookup }: LocatedField,
  describes: Describes['salesforce'],
): ShownField | null {
  if (NEVER.has(field.type)) return null;
  const own = field.type === 'reference' ? withoutId(field.label) : field.label;
  const label = lookup ? `${withoutId(lookup.label)}: ${own}` : own;
  if (field.type !== 'reference') return { label, path, field, namePath: null };
  const namePath = namePathOf(path, field, describes);
  return namePath === null ? null : { label, path, field, namePath };
}

/** Where the name of a lookup's record is; null where that is not seen. */
function namePathOf(
  path: string,
  { relationshipName, referenceTo }: SalesforceField,
  describes: Describes['salesforce'],
): string | null {
  const [target, ...others] = referenceTo;
  if (relationshipName === null || target === undefined) return null;
  const own = path.split('.').slice(0, -1);
  // Of a lookup to several objects, Salesforce knows what all of them have in common: the name.
  if (others.length > 0) return [...own, relationshipName, 'Name'].join('.');
  const name = nameField(target);
  const isSeen = describes[target]?.fields.some((field) => field.name === name) === true;
  return isSeen ? [...own, relationshipName, name].join('.') : null;
}

/** A standard lookup is labelled `Account ID`; what is shown is no id. */
const withoutId = (label: string) => label.replace(/ ID$/i, '');

/** The objects, besides it, that have to be described to show these paths of an object. */
export function objectsBehind(
  object: string,
  paths: readonly string[],
  describes: Describes['salesforce'],
): string[] {
  const fields = describes[object]?.fields ?? [];
  const wanted = new Set(paths.map((path) => (path.split('.')[0] ?? '').toLowerCase()));
  return fields.flatMap(({ name, relationshipName, referenceTo }) => {
    const [target, ...others] = referenceTo;
    const isWanted = wanted.has(name.toLowerCase()) || wanted.has((relationshipName ?? '').toLowerCase());
    return isWanted && target !== undefined && others.length === 0 ? [target] : [];
  });
}
