import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { countByStatement, countPairs } from './countPairs.ts';

/** The engines that the store runs on. */
export type SqlEngine = 'sqlite' | 'postgres';

/** A step of the schema. */
export type StoreMigration = Migration & {
  /**
   * The migration that a bridge must know to go on with the store from this one on: this one's own name where no older
   * bridge can, an earlier one's where it takes away what bridges have done without since that. Absent where this one
   * only adds what older bridges can leave out.
   */
  readonly needs?: string;
};

/** SQLite counts up only a key of the type `integer`, and keeps 64 bits in it; PostgreSQL has names for both. */
const TYPES = {
  sqlite: { key: sql`integer primary key autoincrement`, time: 'integer' },
  postgres: { key: sql`bigint generated always as identity primary key`, time: 'bigint' },
} as const;

const first = (engine: SqlEngine): StoreMigration => ({
  async up(db: Kysely<unknown>) {
    const { key, time } = TYPES[engine];
    await db.schema
      .createTable('pair')
      .addColumn('id', key)
      .addColumn('pair', 'text', (column) => column.notNull())
      .addColumn('salesforce_id', 'text')
      .addColumn('desk_id', 'text')
      .addColumn('link_id', 'text')
      .addColumn('base', 'text')
      .addColumn('salesforce_seen', 'text')
      .addColumn('desk_seen', 'text')
      .addColumn('state', 'text', (column) => column.notNull().defaultTo('new'))
      .addColumn('failure', 'text')
      .addColumn('due_at', time)
      .addColumn('priority', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
      .addColumn('conversation', 'text')
      .addColumn('comments_seen', 'text')
      .addColumn('asked', 'text')
      .addColumn('lease_until', time)
      .addColumn('synced_at', time)
      .addUniqueConstraint('pair_by_salesforce', ['pair', 'salesforce_id'])
      .addUniqueConstraint('pair_by_desk', ['pair', 'desk_id'])
      .execute();
    await sql`create index pair_due on pair (priority, due_at) where due_at is not null`.execute(db);
    await db.schema
      .createTable('cursor')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('log')
      .addColumn('id', key)
      .addColumn('at', time, (column) => column.notNull())
      .addColumn('level', 'text', (column) => column.notNull())
      .addColumn('pair', 'text', (column) => column.notNull())
      .addColumn('salesforce_id', 'text')
      .addColumn('desk_id', 'text')
      .addColumn('rule', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .execute();
  },
});

/** Who holds what among bridges that share a store: each its own name, and one of them the capture. */
const leases = (engine: SqlEngine): StoreMigration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('pair').addColumn('lease_by', 'text').execute();
    await db.schema
      .createTable('lease')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('until', TYPES[engine].time, (column) => column.notNull())
      .execute();
  },
});

/** A link that was moved is looked up by its id whenever two halves become one. */
const links = (): StoreMigration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('pair_by_link').on('pair').columns(['pair', 'link_id']).execute();
  },
});

/** What administrators are told: conflicts, what was done in which hour, and what fails without reading all pairs. */
const overview = (engine: SqlEngine): StoreMigration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('pair')
      .addColumn('conflict', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await sql`create index pair_failing on pair (id) where state = 'failing'`.execute(db);
    await db.schema
      .createTable('hour')
      .addColumn('at', TYPES[engine].time, (column) => column.primaryKey())
      .addColumn('to_desk', 'integer', (column) => column.notNull())
      .addColumn('to_salesforce', 'integer', (column) => column.notNull())
      .addColumn('failed', 'integer', (column) => column.notNull())
      .execute();
  },
});

/** What is about to be done to a pair. */
const intents = (): StoreMigration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('pair').addColumn('intent', 'text').execute();
  },
});

/** What is asked again and again of the pairs in hand, of what is being made and of the log, without reading all. */
const lookups = (): StoreMigration => ({
  async up(db: Kysely<unknown>) {
    await sql`create index pair_leased on pair (lease_by) where lease_until is not null`.execute(db);
    await sql`create index pair_intended on pair (pair) where intent is not null`.execute(db);
    await db.schema.createIndex('log_by_salesforce').on('log').column('salesforce_id').execute();
    await db.schema.createIndex('log_by_desk').on('log').columns(['desk_id', 'pair']).execute();
  },
});

/** Who has lost its connection is known for dead sooner than by its silence. */
const presences = (): StoreMigration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('lease').addColumn('presence', 'integer').execute();
  },
});

/** By name, in the order of their names. */
export type Migrations = Readonly<Record<string, StoreMigration>>;

/**
 * A migration that has shipped is never changed. Bridges of the release before work beside it, so one only adds:
 * tables, indexes, columns that may be left out, values that they pass over. What nobody needs any more is taken away a
 * release later, by one that says with `needs` from which migration on bridges have done without it; so does one after
 * which a column holds what older bridges would misread.
 */
export const migrations = (engine: SqlEngine): Migrations => ({
  '001_first': first(engine),
  '002_leases': leases(engine),
  '003_links': links(),
  '004_overview': overview(engine),
  '005_intents': intents(),
  '006_lookups': lookups(),
  '007_counts': countPairs(engine),
  '008_presences': presences(),
  '009_count_by_statement': countByStatement(engine),
});
