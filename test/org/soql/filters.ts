import { SalesforceError } from '../records/errors.ts';
import { isId } from '../records/ids.ts';
import type { FieldSchema } from '../schema/types.ts';
import type { Literal, Operator } from './ast.ts';

const UNQUOTED = new Set<FieldSchema['type']>([
  'boolean',
  'int',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'time',
]);
const KEYWORD = /^[A-Z]/;

/** Refuses what a field cannot be compared with, or cannot be filtered by at all. */
export function checkFilter(field: FieldSchema, operator: Operator, values: readonly Literal[]): void {
  const long = field.type === 'textarea' && field.length > 255;
  if (long || field.type === 'encryptedstring' || field.type === 'location')
    throw invalid(`field '${field.name}' can not be filtered in a query call`);
  if ((operator === 'INCLUDES' || operator === 'EXCLUDES') && field.type !== 'multipicklist')
    throw invalid(`${operator.toLowerCase()} operator is not valid on the field '${field.name}'`);
  for (const value of values) checkLiteral(field, operator, value);
}

function checkLiteral(field: FieldSchema, operator: Operator, literal: Literal): void {
  if (literal.kind === 'null') return;
  const bare = UNQUOTED.has(field.type);
  const filter = `value of filter criterion for field '${field.name}' must be of type`;
  if (bare && literal.kind === 'string')
    throw invalid(`${filter} ${field.type} and should not be enclosed in quotes`);
  if (!bare && literal.kind !== 'string') throw invalid(`${filter} string and should be enclosed in quotes`);
  const isTime = field.type === 'date' || field.type === 'datetime';
  if (isTime !== (literal.kind === 'date') && bare) throw invalid(`${filter} ${field.type}`);
  if ((field.type === 'boolean') !== (literal.kind === 'boolean')) throw invalid(`${filter} ${field.type}`);
  if (isTime && literal.kind === 'date' && !KEYWORD.test(literal.value)) {
    if (literal.value.includes('T') !== (field.type === 'datetime'))
      throw invalid(
        `${filter} ${field.type === 'date' ? 'date' : 'dateTime'} and should not be enclosed in quotes`,
      );
  }
  if ((field.type === 'id' || field.type === 'reference') && literal.kind === 'string') {
    if (operator === 'LIKE' || !isId(literal.value))
      throw new SalesforceError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${literal.value}`);
  }
}

const invalid = (message: string) => new SalesforceError('INVALID_FIELD', message);
