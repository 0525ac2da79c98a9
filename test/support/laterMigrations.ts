import { sql, type Kysely } from 'kysely';
import { migrations, type Migrations, type SqlEngine } from '@desk-connect/bridge/store/migrations.js';

const add = async (db: Kysely<unknown>) => {
  await db.schema.alterTable('pair').addColumn('later', 'text').execute();
  await db.schema.createIndex('pair_later').on('pair').columns(['pair', 'later']).execute();
  await db.schema
    .createTable('later')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .execute();
};

/** What the next release may know: one more, which only adds. */
export const adding = (engine: SqlEngine): Migrations => ({
  ...migrations(engine),
  '900_adds': { up: add },
});

/** The release after it takes away what bridges have done without since then. */
export const takingAway = (engine: SqlEngine): Migrations => ({
  ...adding(engine),
  '901_takes_away': {
    needs: '900_adds',
    up: async (db) => {
      await sql`drop index pair_failing`.execute(db);
    },
  },
});

/** And one after which no older bridge can go on. */
export const changing = (engine: SqlEngine): Migrations => ({
  ...takingAway(engine),
  '902_changes': { needs: '902_changes', up: () => Promise.resolve() },
});
