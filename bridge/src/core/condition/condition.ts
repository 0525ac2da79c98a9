/** A value as a condition writes it. Date words (TODAY, LAST_N_DAYS:7) and dates stay as they are written. */
export type Literal =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'null' };

export const OPERATORS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'LIKE',
  'IN',
  'NOT IN',
  'INCLUDES',
  'EXCLUDES',
] as const;
export type Operator = (typeof OPERATORS)[number];

export type Comparison = {
  readonly kind: 'compare';
  /** Own field, or a path such as `Account.Industry`, as it is written. */
  readonly field: string;
  readonly operator: Operator;
  /** One, but for the operators that take a list. */
  readonly values: readonly Literal[];
};

/** What stands behind WHERE: which records are meant. */
export type Condition =
  | Comparison
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] };

/** All comparisons of a condition, in the order of the text. */
export function comparisonsOf(condition: Condition): Comparison[] {
  switch (condition.kind) {
    case 'compare':
      return [condition];
    case 'not':
      return comparisonsOf(condition.part);
    default:
      return condition.parts.flatMap(comparisonsOf);
  }
}

/** The fields that a condition names, each once, as they are first written. */
export function fieldsOf(condition: Condition): string[] {
  const found = new Map<string, string>();
  for (const { field } of comparisonsOf(condition))
    if (!found.has(field.toLowerCase())) found.set(field.toLowerCase(), field);
  return [...found.values()];
}
