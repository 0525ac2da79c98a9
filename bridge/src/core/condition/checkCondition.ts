import { didYouMean } from '../config/closest.ts';
import type { DeskType, Describes, SalesforceField } from '../config/describes.ts';
import { comparisonsOf, type Comparison, type Literal } from './condition.ts';
import { parseCondition } from './parseCondition.ts';

/** Something wrong with a condition. A warning may be meant so. */
export type ConditionProblem = {
  readonly level: 'error' | 'warning';
  readonly message: string;
  readonly fix: string;
};

/** What a condition needs to know of a field. */
type Known = {
  readonly name: string;
  readonly takes: readonly Literal['kind'][];
  /** Why it cannot be compared at all. */
  readonly refused?: string;
  /** All that it can hold, where that is closed. */
  readonly values?: readonly string[];
  readonly isList?: boolean;
  /** With the time of day: Salesforce compares a time with a time, and a day with a day. */
  readonly hasTime?: boolean;
};

const LIST_OPERATORS: ReadonlySet<string> = new Set(['=', '!=', 'INCLUDES', 'EXCLUDES']);

/** Checks a condition on a Salesforce object. Parents that were not described are Salesforce's to check. */
export function checkSalesforceCondition(
  text: string,
  object: string,
  { salesforce }: Describes,
): ConditionProblem[] {
  return check(text, (path) => {
    const names = path.split('.');
    let current = salesforce[object];
    let where = object;
    for (const name of names.slice(0, -1)) {
      if (!current) return null;
      const found = current.fields.find((one) => same(one.relationshipName ?? '', name));
      if (!found) {
        const known = current.fields
          .map(({ relationshipName }) => relationshipName)
          .filter((one) => one !== null);
        return problem(`${where} has no parent ${name}.${didYouMean(name, known)}`, 'Correct the path.');
      }
      [where = ''] = found.referenceTo;
      current = salesforce[where];
    }
    if (!current) return null;
    const name = names.at(-1) ?? '';
    const field = current.fields.find((one) => same(one.name, name));
    return field
      ? fromSalesforce(field)
      : problem(
          `${where} has no field ${name}.${didYouMean(
            name,
            current.fields.map((one) => one.name),
          )}`,
          'Correct the name, or let the user of the bridge see the field.',
        );
  });
}

/** Checks a condition on records of Desk, by the names and types of its fields. */
export function checkDeskCondition(
  text: string,
  fields: readonly { readonly name: string; readonly type: DeskType; readonly choices: readonly string[] }[],
): ConditionProblem[] {
  return check(text, (path) => {
    const field = fields.find(({ name }) => same(name, path));
    if (field) return fromDesk(field);
    const names = fields.map(({ name }) => name);
    return problem(`Desk has no field ${path}.${didYouMean(path, names)}`, `Use one of ${names.join(', ')}.`);
  });
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const problem = (message: string, fix: string): ConditionProblem => ({ level: 'error', message, fix });

function check(text: string, lookUp: (path: string) => Known | ConditionProblem | null): ConditionProblem[] {
  if (text.trim() === '') return [];
  const parsed = parseCondition(text);
  if (!parsed.ok) return [problem(parsed.message, parsed.fix)];
  return comparisonsOf(parsed.condition).flatMap((comparison) => {
    const found = lookUp(comparison.field);
    if (found === null) return [];
    return 'message' in found ? [found] : checkComparison(comparison, found);
  });
}

function checkComparison({ operator, values }: Comparison, field: Known): ConditionProblem[] {
  if (field.refused !== undefined)
    return [problem(`${field.name} ${field.refused}`, 'Compare another field.')];
  const isListOperator = operator === 'INCLUDES' || operator === 'EXCLUDES';
  if (isListOperator && !field.isList)
    return [
      problem(`${operator} is for lists of several values, and ${field.name} is none.`, 'Use IN or NOT IN.'),
    ];
  if (field.isList && !LIST_OPERATORS.has(operator))
    return [problem(`${field.name} cannot be compared by ${operator}.`, 'Use INCLUDES or EXCLUDES.')];
  if (operator === 'LIKE' && !field.takes.includes('text'))
    return [problem(`${field.name} is no text, so LIKE does not fit.`, 'Use = or a range.')];
  return values.flatMap((value) => checkValue(value, field, operator === 'LIKE'));
}

const SAID: Readonly<Record<Literal['kind'], string>> = {
  text: "text in quotes, as in 'High'",
  number: 'a number, as in 5',
  boolean: 'TRUE or FALSE',
  date: 'a date, as in 2026-01-31 or TODAY',
  null: 'null',
};

function checkValue(value: Literal, field: Known, isPattern: boolean): ConditionProblem[] {
  if (value.kind === 'null') return [];
  if (!field.takes.includes(value.kind)) {
    const [wanted = 'text'] = field.takes;
    const given = value.kind === 'text' ? `'${value.value}'` : String(value.value);
    return [problem(`${field.name} is not compared with ${given}.`, `Write ${SAID[wanted]}.`)];
  }
  if (value.kind === 'date' && /^\d/.test(value.value) && field.hasTime !== undefined)
    return value.value.includes('T') === field.hasTime
      ? []
      : [
          problem(
            `${field.name} is not compared with ${value.value}.`,
            field.hasTime
              ? 'Write a time, as in 2026-01-31T00:00:00Z, or a word such as TODAY.'
              : 'Write a day, as in 2026-01-31.',
          ),
        ];
  if (value.kind !== 'text' || isPattern || !field.values) return [];
  const unknown = value.value
    .split(field.isList ? ';' : '\n')
    .find((one) => !field.values?.some((known) => same(known, one)));
  if (unknown === undefined) return [];
  return [
    {
      level: 'warning',
      message: `${field.name} has no value '${unknown}'.${didYouMean(unknown, field.values)}`,
      fix: 'Correct the value, or add it to the field.',
    },
  ];
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'long', 'double', 'currency', 'percent']);
const NOT_FILTERED: ReadonlySet<string> = new Set(['address', 'location', 'base64', 'encryptedstring']);

function fromSalesforce(field: SalesforceField): Known {
  const { name, type, length, picklistValues } = field;
  if (type === 'textarea' && length > 255)
    return { name, takes: ['text'], refused: 'is a long text, which Salesforce does not compare.' };
  if (NOT_FILTERED.has(type)) return { name, takes: ['text'], refused: 'cannot be compared in Salesforce.' };
  if (NUMBERS.has(type)) return { name, takes: ['number'] };
  if (type === 'boolean') return { name, takes: ['boolean'] };
  if (type === 'date' || type === 'datetime') return { name, takes: ['date'], hasTime: type === 'datetime' };
  const values = picklistValues.filter(({ active }) => active).map(({ value }) => value);
  if (type === 'multipicklist') return { name, takes: ['text'], values, isList: true };
  return type === 'picklist' ? { name, takes: ['text'], values } : { name, takes: ['text'] };
}

function fromDesk({
  name,
  type,
  choices,
}: {
  name: string;
  type: DeskType;
  choices: readonly string[];
}): Known {
  switch (type) {
    case 'boolean':
      return { name, takes: ['boolean'] };
    case 'integer':
    case 'decimal':
      return { name, takes: ['number'] };
    case 'date':
      return { name, takes: ['date'] };
    case 'list':
      return { name, takes: ['text'], values: choices };
    case 'multi':
      return { name, takes: ['text'], values: choices, isList: true };
    case 'other':
      return { name, takes: ['text'], refused: 'holds nothing that can be compared.' };
    case 'string':
      return { name, takes: ['text'] };
  }
}
