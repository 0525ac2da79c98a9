import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SqlEngine, StoreMigration } from './migrations.ts';
import type { Schema } from './schema.ts';

/** A newer bridge has changed the store in a way that this one does not understand. */
export class StoreIsNewer extends Error {
  constructor(needed: string) {
    super(
      `A newer version of the bridge has changed the store (${needed}), and this one would not understand it any more. ` +
        'Start the newer version in its place; to go back, put the backup in its place that was made before the upgrade.',
    );
    this.name = 'StoreIsNewer';
  }
}

/** The cursor that holds it: a table that all bridges know. */
const FLOOR = 'schema floor';

/** A transaction that hangs with its connection holds up the upgrade for so long, and not all bridges behind it for hours. */
const WAIT = `do $$ begin
  set local lock_timeout = '10s';
  if to_regclass('cursor') is not null then lock table "cursor" in access exclusive mode; end if;
end $$`;

/**
 * The migration as it runs beside bridges that are at work. Their transactions look at the floor first, and so come to
 * their end before it begins or see what it did: none goes by the old schema on the new one, and none waits in a circle.
 */
export function besideOthers(engine: SqlEngine, step: StoreMigration): Migration {
  const { needs } = step;
  return {
    up: async (db) => {
      if (engine === 'postgres') await sql.raw(WAIT).execute(db);
      await step.up(db);
      if (needs !== undefined)
        await (db as Kysely<Schema>)
          .insertInto('cursor')
          .values({ name: FLOOR, value: needs })
          // It only ever rises: what takes something old away may follow what older bridges misread.
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet({ value: needs }).where('cursor.value', '<', needs),
          )
          .execute();
    },
  };
}

/** @throws StoreIsNewer where the store wants a bridge that knows more migrations than these */
export async function checkFloor(
  db: Kysely<Schema>,
  known: Readonly<Record<string, unknown>>,
): Promise<void> {
  const floor = await db.selectFrom('cursor').select('value').where('name', '=', FLOOR).executeTakeFirst();
  if (floor && !(floor.value in known)) throw new StoreIsNewer(floor.value);
}
