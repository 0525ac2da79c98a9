import type { Engine } from '../engine/engine.ts';
import { PRIORITY } from '../core/spending.ts';
import type { LogEntry, Store } from '../store/store.ts';
import type { Turn } from './loops.ts';
import { whereRefused, whileScarce } from './tellingTurn.ts';
import { storeKey } from './storeKey.ts';

export type LogOptions = {
  /** What goes to Salesforce of the log. */
  readonly salesforceLog: 'problems' | 'everything' | 'off';
  readonly logDays: number;
};

const BATCH = 200;
/** How many old rows are deleted in an hour. */
const DELETED_AN_HOUR = 2_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What comes within this time goes in one request. */
const GATHER_MS = 5_000;

const POSITION = 'salesforce log';
const DELETED_AT = 'salesforce log deleted';

/** One turn: the next entries of the log go to Salesforce, and once an hour the old ones go from there. */
export async function carryLog(engine: Engine, options: LogOptions): Promise<Turn> {
  const scarce = whileScarce(engine.org.usage());
  if (scarce) return scarce;
  try {
    const carried = await carryBatch(engine, levels(options));
    await deleteOld(engine, options.logDays);
    return carried === BATCH ? 0 : GATHER_MS;
  } catch (error) {
    const refused = whereRefused(error);
    if (!refused) throw error;
    return refused;
  }
}

/** When the log entries of the store are old, in milliseconds since 1970. */
export function oldBefore(now: number, days: number): number {
  return now - days * DAY_MS;
}

function levels({ salesforceLog }: LogOptions): readonly LogEntry['level'][] {
  return salesforceLog === 'everything' ? ['info', 'warn', 'error'] : ['warn', 'error'];
}

async function carryBatch({ org, store }: Engine, wanted: readonly LogEntry['level'][]): Promise<number> {
  const after = Number((await store.cursor(POSITION)) ?? 0);
  const { entries, position } = await store.logAfter(after, wanted, BATCH);
  if (entries.length > 0) {
    // The same entry has the same key whenever it is written, and no other store has it.
    const key = await storeKey(store);
    await org.writeLog(entries.map(({ row, ...entry }) => ({ ...entry, key: `${key}:${row}` })));
  }
  if (position > after) await remember(store, POSITION, String(position));
  return entries.length;
}

async function deleteOld({ org, store, now }: Engine, days: number): Promise<void> {
  const last = Number((await store.cursor(DELETED_AT)) ?? 0);
  if (now() - last < HOUR_MS) return;
  await remember(store, DELETED_AT, String(now()));
  const before = new Date(oldBefore(now(), days)).toISOString();
  for (let deleted = 0; deleted < DELETED_AN_HOUR; deleted += BATCH)
    if ((await org.deleteLogsBefore(before, BATCH)) < BATCH) return;
}

async function remember(store: Store, name: string, value: string): Promise<void> {
  await store.sight([], PRIORITY.live, [{ name, value }]);
}
