import type { Transaction } from 'kysely';
import type { DeskKind } from '../core/vocabulary/vocabulary.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/** The store holds the ids of another kind of help desk. */
export class StoreOfOtherDesk extends Error {
  constructor(made: string, wanted: string) {
    super(
      `The store belongs to another help desk: it was made with DESKCONNECT_DESK=${made}, and the bridge is to serve ${wanted}. ` +
        'The ids in it are of other records there. Set DESKCONNECT_DESK back, or give the bridge a store of its own (another folder in DESKCONNECT_DATA, or another database in DESKCONNECT_STORE).',
    );
    this.name = 'StoreOfOtherDesk';
  }
}

/** The cursor that holds it: a table that all bridges know. */
const MARK = 'help desk';
/** What was made before there was a mark. */
const UNMARKED: DeskKind = 'desk';

/** @throws StoreOfOtherDesk where a store was made with another kind of help desk */
export async function checkDesk(store: Store, kind: DeskKind): Promise<void> {
  const made = await store.deskKind(kind);
  if (made !== kind) throw new StoreOfOtherDesk(made, kind);
}

/** The kind that a store is marked with; one that is new, with nothing in it, is marked with this one. */
export async function markedWith(trx: Transaction<Schema>, ifNew: DeskKind): Promise<string> {
  const cursors = await trx.selectFrom('cursor').select(['name', 'value']).execute();
  const mark = cursors.find(({ name }) => name === MARK);
  if (mark) return mark.value;
  const pair = await trx.selectFrom('pair').select('id').limit(1).executeTakeFirst();
  const value = cursors.length > 0 || pair ? UNMARKED : ifNew;
  await trx.insertInto('cursor').values({ name: MARK, value }).execute();
  return value;
}
