export type Path = readonly string[];
export type Literal =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** A date or date-time as written, or a date literal such as TODAY or LAST_N_DAYS:3. */
  | { readonly kind: 'date'; readonly value: string };

export type Operator =
  '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'INCLUDES' | 'EXCLUDES' | 'IN' | 'NOT IN';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'compare';
      readonly path: Path;
      readonly operator: Operator;
      readonly values: readonly Literal[];
      readonly subquery?: Query;
    };

export type SelectItem =
  | { readonly kind: 'field'; readonly path: Path; readonly alias?: string }
  | { readonly kind: 'aggregate'; readonly name: string; readonly path: Path | null; readonly alias?: string }
  | { readonly kind: 'fields'; readonly which: string }
  | { readonly kind: 'subquery'; readonly query: Query };

export type OrderBy = { readonly path: Path; readonly descending: boolean; readonly nullsLast: boolean };

export type Query = {
  readonly select: readonly SelectItem[];
  readonly from: string;
  readonly where: Condition | null;
  readonly groupBy: readonly Path[];
  readonly orderBy: readonly OrderBy[];
  readonly limit: number | null;
  readonly offset: number;
  readonly allRows: boolean;
};
