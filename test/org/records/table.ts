import type { FieldSchema } from '../schema/types.ts';
import type { StoredRecord } from './recordStore.ts';

type Index = { readonly exact: boolean; readonly ids: Map<string, Set<string>> };

/** Ids and lookups tell capitals apart, and texts only where their field says so. */
const isExact = (field: FieldSchema) =>
  field.caseSensitive || field.type === 'id' || field.type === 'reference';

/** A value as a field is looked up by it; null where there is none. */
function keyOf({ exact }: Index, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return exact ? String(value) : String(value).toLowerCase();
}

/**
 * The records of one object by their ids. What has a value in some field is found without a look at all of them, once
 * somebody has asked for that field.
 */
export class Table extends Map<string, StoredRecord> {
  readonly #indexes = new Map<string, Index>();
  /** When each record came: what is found goes in that order. */
  readonly #places = new Map<string, number>();
  #next = 0;

  override set(id: string, record: StoredRecord): this {
    const before = this.get(id);
    super.set(id, record);
    if (!before) this.#places.set(id, (this.#next += 1));
    for (const [name, index] of this.#indexes) {
      if (before && before[name] === record[name]) continue;
      if (before) remove(index, id, before[name]);
      put(index, id, record[name]);
    }
    return this;
  }

  override delete(id: string): boolean {
    const before = this.get(id);
    if (!before) return false;
    for (const [name, index] of this.#indexes) remove(index, id, before[name]);
    this.#places.delete(id);
    return super.delete(id);
  }

  override clear(): void {
    super.clear();
    this.#places.clear();
    this.#indexes.clear();
  }

  /** The records that have one of the values in a stored field, in the order in which they came. */
  having(field: FieldSchema, values: Iterable<string>): StoredRecord[] {
    const index = this.#indexOf(field);
    const found = new Set<string>();
    for (const value of values)
      for (const id of index.ids.get(keyOf(index, value) ?? '') ?? []) found.add(id);
    return [...found]
      .sort((a, b) => (this.#places.get(a) ?? 0) - (this.#places.get(b) ?? 0))
      .flatMap((id) => this.get(id) ?? []);
  }

  #indexOf(field: FieldSchema): Index {
    const exact = isExact(field);
    const known = this.#indexes.get(field.name);
    // A deployment may have made the field another one.
    if (known?.exact === exact) return known;
    const made: Index = { exact, ids: new Map() };
    for (const [id, record] of this) put(made, id, record[field.name]);
    this.#indexes.set(field.name, made);
    return made;
  }
}

function put(index: Index, id: string, value: unknown): void {
  const key = keyOf(index, value);
  if (key === null) return;
  const known = index.ids.get(key);
  if (known) known.add(id);
  else index.ids.set(key, new Set([id]));
}

function remove(index: Index, id: string, value: unknown): void {
  const key = keyOf(index, value);
  const ids = key === null ? undefined : index.ids.get(key);
  ids?.delete(id);
  if (key !== null && ids?.size === 0) index.ids.delete(key);
}
