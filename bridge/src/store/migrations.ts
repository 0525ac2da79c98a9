import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const first: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('pair')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('pair', 'text', (column) => column.notNull())
      .addColumn('salesforce_id', 'text')
      .addColumn('desk_id', 'text')
      .addColumn('link_id', 'text')
      .addColumn('base', 'text')
      .addColumn('salesforce_seen', 'text')
      .addColumn('desk_seen', 'text')
      .addColumn('state', 'text', (column) => column.notNull().defaultTo('new'))
      .addColumn('failure', 'text')
      .addColumn('due_at', 'integer')
      .addColumn('priority', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
      .addColumn('conversation', 'text')
      .addColumn('comments_seen', 'text')
      .addColumn('asked', 'text')
      .addColumn('lease_until', 'integer')
      .addColumn('synced_at', 'integer')
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
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('at', 'integer', (column) => column.notNull())
      .addColumn('level', 'text', (column) => column.notNull())
      .addColumn('pair', 'text', (column) => column.notNull())
      .addColumn('salesforce_id', 'text')
      .addColumn('desk_id', 'text')
      .addColumn('rule', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .execute();
  },
};

/** In the order of their names; a migration that has shipped is never changed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = { '001_first': first };
