import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { countPairs } from './countPairs.ts';

/** The engines that the store runs on. */
export type SqlEngine = 'sqlite' | 'postgres';

/** SQLite counts up only a key of the type `integer`, and keeps 64 bits in it; PostgreSQL has names for both. */
const TYPES = {
  sqlite: { key: sql`integer primary key autoincrement`, time: 'integer' },
  postgres: { key: sql`bigint generated always as identity primary key`, time: 'bigint' },
} as const;

const first = (engine: SqlEngine): Migration => ({
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
const leases = (engine: SqlEngine): Migration => ({
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
const links = (): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('pair_by_link').on('pair').columns(['pair', 'link_id']).execute();
  },
});

/** What administrators are told: conflicts, what was done in which hour, and what fails without reading all pairs. */
const overview = (engine: SqlEngine): Migration => ({
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
const intents = (): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('pair').addColumn('intent', 'text').execute();
  },
});

/** In the order of their names; a migration that has shipped is never changed. */
export const migrations = (engine: SqlEngine): Record<string, Migration> => ({
  '001_first': first(engine),
  '002_leases': leases(engine),
  '003_links': links(),
  '004_overview': overview(engine),
  '005_intents': intents(),
  '006_counts': countPairs(engine),
});
