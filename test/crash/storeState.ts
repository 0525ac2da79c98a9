import assert from 'node:assert/strict';
import { PAIRS } from '@desk-connect/bridge/core/pair.js';
import { openStore, type StoreLocation } from '@desk-connect/bridge/store/openStore.js';
import type { LogEntry, Pair } from '@desk-connect/bridge/store/store.js';
import { isSurvivor } from './load.ts';
import type { AnyWorld } from '../support/world.ts';

/** What the log says where a pair came to be. */
const BIRTHS = /^(Created in Salesforce|Linked|Took over the link)/;
const MANY = 100_000;

/**
 * Whether what the bridges remember is what the two systems hold, once they have stopped: a pair in step for each
 * link and the other way round, nothing half, one line of the log for how each came to be, and each line once in
 * Salesforce. Throws what is not so.
 */
export async function checkStore(world: AnyWorld, location: StoreLocation): Promise<void> {
  const store = await openStore(location, Date.now);
  try {
    const { inStep, waiting, failing, excluded } = await store.counts();
    assert.deepEqual({ waiting, failing, excluded }, { waiting: 0, failing: 0, excluded: 0 });
    const pairs = await store.inStep(0, MANY);
    assert.equal(pairs.length, inStep);
    assert.deepEqual(pairs.map(keyOf).sort(), linksOf(world), 'a pair for each link');
    for (const pair of pairs) assert.equal(pair.intent, null, `${keyOf(pair)} has an intent left`);
    const log = await store.log(MANY);
    // One that took another in may have taken over that one's link besides.
    for (const pair of pairs.filter(({ salesforceId }) => !isSurvivor(salesforceId ?? ''))) {
      const births = log.filter((entry) => BIRTHS.test(entry.text) && isOf(entry, pair));
      assert.equal(births.length, 1, `${keyOf(pair)}: ${JSON.stringify(births)}`);
    }
    checkCarried(world, log);
  } finally {
    await store.close();
  }
}

/** How many pairs still wait. */
export async function waitingIn(location: StoreLocation): Promise<number> {
  const store = await openStore(location, Date.now);
  try {
    return (await store.counts()).waiting;
  } finally {
    await store.close();
  }
}

const keyOf = ({ pair, deskId, salesforceId }: Pair) => `${pair}:${deskId} ${salesforceId}`;
const isOf = (entry: LogEntry, pair: Pair) =>
  entry.pair === pair.pair &&
  (entry.deskId === pair.deskId || (entry.deskId === null && entry.salesforceId === pair.salesforceId));

/** The links of pairs that are not unlinked; notes and messages have rows of their own there. */
function linksOf(world: AnyWorld): string[] {
  return rowsOf(world, 'Desk_Link__c')
    .filter((row) => PAIRS.some((pair) => pair === row['Pair__c']) && row['Status__c'] !== 'Unlinked')
    .map((row) => `${String(row['Desk_Key__c'])} ${String(row['Record_Id__c'])}`)
    .sort();
}

/** Each line that is in Salesforce is one of ours, and there once; the last ones may not be there yet. */
function checkCarried(world: AnyWorld, log: readonly LogEntry[]): void {
  const rows = rowsOf(world, 'Desk_Log__c');
  const keys = rows.map((row) => String(row['Log_Key__c']));
  assert.equal(new Set(keys).size, rows.length, 'a line of the log is in Salesforce twice');
  assert.ok(rows.length <= log.length, `${rows.length} lines in Salesforce of ${log.length}`);
}

function rowsOf(world: AnyWorld, object: string) {
  return [...world.org.org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
}
