import type { Schema } from '../schema/schema.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import { notFound, SalesforceError } from './errors.ts';
import { longId, makeId } from './ids.ts';
import { completed, SYSTEM } from './completed.ts';
import { checkLocation } from './location.ts';
import { normalise, type Fields } from './validate.ts';
import { Table } from './table.ts';
import { salesforceTime } from './times.ts';

export type StoredRecord = Readonly<Fields> & { readonly Id: string };
export type ChangeKind = 'create' | 'update' | 'delete' | 'undelete';

/** One record's change within a transaction. */
export type Change = {
  readonly kind: ChangeKind;
  readonly object: string;
  readonly id: string;
  readonly before: StoredRecord | null;
  readonly after: StoredRecord | null;
  readonly changedFields: readonly string[];
};

export type Transaction = {
  readonly userId: string;
  /** What the caller named itself in Sforce-Call-Options. */
  readonly client: string | null;
  readonly changes: Change[];
  /** Runs once the transaction has committed. */
  afterCommit(action: () => void): void;
};

type Hooks = {
  /** What features of the org add to the fields that the platform keeps itself. */
  complete: (object: ObjectSchema, record: StoredRecord) => StoredRecord;
  /** Runs in the transaction after each save, as record-triggered flows do; may write more. */
  afterSave: (change: Change, transaction: Transaction) => void;
  committed: (transaction: Transaction) => void;
};

/** All records of an org, in memory, with transactions that roll back whole. */
export class RecordStore {
  readonly #schema: Schema;
  readonly #now: () => number;
  readonly #tables = new Map<string, Table>();
  readonly #counters = new Map<string, number>();
  readonly hooks: Hooks = {
    complete: (_object, record) => record,
    afterSave: () => undefined,
    committed: () => undefined,
  };
  #undo: (() => void)[] = [];
  #current: (Transaction & { readonly after: (() => void)[] }) | null = null;

  constructor(schema: Schema, now: () => number) {
    this.#schema = schema;
    this.#now = now;
  }

  /** Runs `work` in a transaction, or in a savepoint of the one that is open; an error undoes what it did. */
  transact<T>(userId: string, client: string | null, work: (transaction: Transaction) => T): T {
    const outer = this.#current;
    const savepoint = this.#undo.length;
    const changes = outer?.changes.length ?? 0;
    const after: (() => void)[] = [];
    this.#current ??= { userId, client, changes: [], after, afterCommit: (action) => after.push(action) };
    const current = this.#current;
    try {
      const result = work(current);
      if (!outer) this.#commit(current);
      return result;
    } catch (error) {
      while (this.#undo.length > savepoint) this.#undo.pop()?.();
      current.changes.length = changes;
      if (!outer) this.#current = null;
      throw error;
    }
  }

  #commit(transaction: Transaction & { readonly after: (() => void)[] }): void {
    this.#undo = [];
    this.#current = null;
    this.hooks.committed(transaction);
    for (const action of transaction.after) action();
  }

  rows(object: string): Table {
    let table = this.#tables.get(object);
    if (!table) this.#tables.set(object, (table = new Table()));
    return table;
  }

  get(object: string, id: string): StoredRecord | undefined {
    return this.rows(object).get(longId(id));
  }

  /** A record that can be read and written: not deleted, and of that object. */
  live(object: string, id: string): StoredRecord {
    const record = this.get(object, id);
    if (!record) throw notFound();
    if (record['IsDeleted'] === true) throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted');
    return record;
  }

  insert(
    object: ObjectSchema,
    input: Readonly<Record<string, unknown>>,
    options: { id?: string } = {},
  ): string {
    const given = normalise(this.#schema, object, input);
    const number = (this.#counters.get(object.name) ?? 0) + 1;
    this.#counters.set(object.name, number);
    const id = options.id ?? makeId(object.keyPrefix, number);
    const record = this.hooks.complete(
      object,
      completed(object, { ...this.#defaults(object, number), ...given, Id: id }, this.#now()),
    );
    this.#check(object, record, null);
    this.#write(object.name, 'create', null, record, Object.keys(given));
    return id;
  }

  update(object: ObjectSchema, id: string, input: Readonly<Record<string, unknown>>): void {
    const before = this.live(object.name, id);
    const given = normalise(this.#schema, object, input);
    const changed = Object.keys(given).filter((name) => given[name] !== before[name]);
    const touched = { ...before, ...given, ...this.#stamp('update') };
    const after = this.hooks.complete(object, completed(object, touched, this.#now()));
    this.#check(object, after, before);
    const derived = Object.keys(after).filter(
      (name) => after[name] !== before[name] && !(name in given) && !SYSTEM.has(name),
    );
    this.#write(object.name, 'update', before, after, [...changed, ...derived]);
  }

  /** Deletes a record; `merged` is the one that it was merged into. */
  delete(object: ObjectSchema, id: string, merged: string | null = null): void {
    const before = this.live(object.name, id);
    const left: Fields = merged === null ? {} : { MasterRecordId: merged };
    this.#write(
      object.name,
      'delete',
      before,
      { ...before, ...left, IsDeleted: true, ...this.#stamp('update') },
      [],
    );
    this.#release(object.name, before.Id);
  }

  undelete(object: ObjectSchema, id: string): void {
    const before = this.get(object.name, id);
    if (!before) throw notFound();
    if (before['IsDeleted'] !== true)
      throw new SalesforceError('UNDELETE_FAILED', 'Entity is not in the recycle bin');
    this.#write(
      object.name,
      'undelete',
      before,
      { ...before, ...this.#deadLookups(object, before), IsDeleted: false, ...this.#stamp('update') },
      [],
    );
  }

  /** A record that comes back from the recycle bin has lost what it pointed to and is gone meanwhile. */
  #deadLookups(object: ObjectSchema, record: StoredRecord): Fields {
    const dead = [...object.fields.values()].filter(({ name, referenceTo, required }) => {
      const id = record[name];
      // A person's contact comes back with its account.
      if (record['IsPersonAccount'] === true || required) return false;
      if (referenceTo.length === 0 || typeof id !== 'string') return false;
      const target = referenceTo
        .map((one) => this.get(one, id))
        .find((one) => one !== null && one !== undefined);
      return target?.['IsDeleted'] === true;
    });
    return Object.fromEntries(dead.map(({ name }) => [name, null]));
  }

  /** How many records of each object were ever made: ids go on from there. */
  get counters(): ReadonlyMap<string, number> {
    return this.#counters;
  }

  setCounter(object: string, count: number): void {
    this.#counters.set(object, count);
  }

  /** Puts a record as it is, without checks, defaults or events: for a saved org. */
  restore(object: string, record: StoredRecord): void {
    this.rows(object).set(record.Id, record);
  }

  /** Lookups to a deleted record become empty, as with the default of a lookup field. */
  #release(object: string, id: string): void {
    for (const child of this.#schema.objects()) {
      const fields = [...child.fields.values()].filter(
        (field) => field.custom && field.referenceTo.includes(object),
      );
      for (const field of fields) {
        for (const row of this.rows(child.name).having(field, [id])) {
          if (row['IsDeleted'] === true) continue;
          if (field.cascade) this.delete(child, row.Id);
          else this.update(child, row.Id, { [field.name]: null });
        }
      }
    }
  }

  #write(
    object: string,
    kind: ChangeKind,
    before: StoredRecord | null,
    after: StoredRecord,
    changedFields: string[],
  ): void {
    const table = this.rows(object);
    table.set(after.Id, after);
    this.#undo.push(() => {
      if (before) table.set(after.Id, before);
      else table.delete(after.Id);
    });
    const transaction = this.#current;
    if (!transaction) throw new Error('A write outside of a transaction');
    const change = { kind, object, id: after.Id, before, after, changedFields } as const;
    transaction.changes.push(change);
    this.hooks.afterSave(change, transaction);
  }

  #stamp(kind: 'create' | 'update'): Fields {
    const time = salesforceTime(this.#now());
    const userId = this.#current?.userId ?? null;
    const modified = { LastModifiedDate: time, LastModifiedById: userId, SystemModstamp: time };
    return kind === 'create' ? { CreatedDate: time, CreatedById: userId, ...modified } : modified;
  }

  #defaults(object: ObjectSchema, number: number): Fields {
    const fields: Fields = {};
    for (const field of object.fields.values()) {
      const isOwner = field.name === 'OwnerId';
      fields[field.name] = isOwner ? (this.#current?.userId ?? null) : field.defaultValue;
      if (field.autoNumber !== null) {
        fields[field.name] = field.autoNumber.replace(/\{(0+)\}/, (_, zeros: string) =>
          String(number).padStart(zeros.length, '0'),
        );
      }
    }
    return { ...fields, IsDeleted: false, ...this.#stamp('create') };
  }

  #check(object: ObjectSchema, record: StoredRecord, before: StoredRecord | null): void {
    const missing = [...object.fields.values()]
      .filter((field) => field.required && record[field.name] === null)
      .map((field) => field.name);
    if (missing.length > 0) {
      throw new SalesforceError(
        'REQUIRED_FIELD_MISSING',
        `Required fields are missing: [${missing.join(', ')}]`,
        missing,
      );
    }
    for (const field of object.fields.values()) {
      if (field.calculation?.kind === 'location') checkLocation(field, field.calculation, record);
      const value = record[field.name];
      if (value === null || value === undefined || value === before?.[field.name]) continue;
      if (field.unique) this.#checkUnique(object, field, record);
      if (field.type === 'reference' && !SYSTEM.has(field.name)) this.#checkTarget(String(value), field.name);
    }
  }

  #checkUnique(object: ObjectSchema, field: FieldSchema, record: StoredRecord): void {
    const { name } = field;
    const other = this.rows(object.name)
      .having(field, [String(record[name])])
      .find(({ Id, IsDeleted }) => Id !== record.Id && IsDeleted !== true);
    if (!other) return;
    throw new SalesforceError(
      'DUPLICATE_VALUE',
      `duplicate value found: ${name} duplicates value on record with id: ${other.Id.slice(0, 15)}`,
    );
  }

  #checkTarget(id: string, name: string): void {
    const object = this.#schema.byKeyPrefix(id.slice(0, 3));
    const target = object && this.get(object.name, id);
    if (!target)
      throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [name]);
    if (target['IsDeleted'] === true)
      throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', [name]);
  }
}
