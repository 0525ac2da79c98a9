/** A row as GraphQL gives it: the id, and of each field its value. */
export type Row = { readonly Id: string; readonly [field: string]: unknown };

type Connection = {
  readonly edges?: readonly { readonly node: Row }[];
  readonly pageInfo?: { readonly hasNextPage?: boolean };
};

function connection(data: unknown, object: string): Connection | undefined {
  const answer = data as
    { readonly uiapi?: { readonly query?: Readonly<Record<string, Connection>> } } | undefined;
  return answer?.uiapi?.query?.[object];
}

/** The rows of an object in the data of a query, and whether there are more. */
export function nodesOf(data: unknown, object: string): { rows: readonly Row[]; hasMore: boolean } {
  const found = connection(data, object);
  return {
    rows: found?.edges?.map(({ node }) => node) ?? [],
    hasMore: found?.pageInfo?.hasNextPage ?? false,
  };
}

/** Texts of a row's fields; null where one has none. */
export function valuesOf<Field extends string>(
  row: Row,
  fields: readonly Field[],
): Record<Field, string | null> {
  const value = (field: Field) => (row[field] as { readonly value?: string | null } | undefined)?.value;
  return Object.fromEntries(fields.map((field) => [field, value(field) ?? null])) as Record<
    Field,
    string | null
  >;
}
