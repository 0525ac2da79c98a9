/** The value at a path such as `Product__r.Code__c`; undefined where a step is missing. */
export function readPath(record: Readonly<Record<string, unknown>>, path: string): unknown {
  if (path in record) return record[path];
  const [first = '', ...rest] = path.split('.');
  const step = record[first];
  if (rest.length === 0) return step;
  return typeof step === 'object' && step !== null
    ? readPath(step as Record<string, unknown>, rest.join('.'))
    : undefined;
}

/**
 * Fields as a write to Salesforce names them: a path becomes an object, by which Salesforce finds the record of a
 * lookup. An empty key takes the lookup itself away.
 */
export function nested(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, value]) => {
      const [relation = '', key] = path.split('.');
      if (key === undefined) return [path, value];
      return value === null ? [lookupOf(relation), null] : [relation, { [key]: value }];
    }),
  );
}

/** The lookup field behind a relation: `Product__r` is of `Product__c`, `Account` of `AccountId`. */
function lookupOf(relation: string): string {
  return /__p?r$/.test(relation) ? relation.replace(/r$/, 'c') : `${relation}Id`;
}
