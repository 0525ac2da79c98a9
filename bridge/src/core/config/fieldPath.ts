/** The parts of a name: of `Product__r.Code__c` the relation and the field, of a plain name the field alone. */
export function pathParts(path: string): { readonly relation: string | null; readonly field: string } {
  const dot = path.indexOf('.');
  return dot < 0
    ? { relation: null, field: path }
    : { relation: path.slice(0, dot), field: path.slice(dot + 1) };
}

/** The lookup behind a relation, by Salesforce's rule: `Product__r` is `Product__c`, `Account` is `AccountId`. */
export function lookupOf(relation: string): string {
  return /__p?r$/i.test(relation) ? relation.replace(/r$/i, 'c') : `${relation}Id`;
}

/** The field that a write to a path changes: through a lookup's key, the lookup itself. */
export function writtenField(path: string): string {
  const { relation } = pathParts(path);
  return relation === null ? path : lookupOf(relation);
}

/**
 * What a record holds at a path, as a query for `Product__r.Code__c` answers: in the object of the relation, which
 * is null where the lookup is empty. Undefined where the record has no such field.
 */
export function readPath(record: Readonly<Record<string, unknown>>, path: string): unknown {
  // What was just written is known by the path itself.
  if (path in record) return record[path];
  const { relation, field } = pathParts(path);
  if (relation === null) return record[field];
  const related = record[relation];
  if (typeof related !== 'object' || related === null) return related;
  return (related as Record<string, unknown>)[field];
}

/**
 * Fields of a write as Salesforce's REST API takes them: `{ 'Product__r.Code__c': 'X' }` becomes
 * `{ Product__r: { Code__c: 'X' } }`, which makes the lookup point to the record with that key. To empty a lookup,
 * the lookup itself is set to null: a null key is refused.
 */
export function nested(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(fields)) {
    const { relation, field } = pathParts(path);
    if (relation === null) result[field] = value;
    else if (value === null) result[lookupOf(relation)] = null;
    else result[relation] = { [field]: value };
  }
  return result;
}
