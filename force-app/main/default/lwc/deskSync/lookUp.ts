/** What a table says of a name that comes from a record: never what every object has, such as `toString`. */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string | null): T | undefined {
  return name !== null && Object.hasOwn(table, name) ? table[name] : undefined;
}
