import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { pollDesk, startDeskFeed } from '../../bridge/src/capture/deskFeed.ts';
import { startFullSync, stepFullSync } from '../../bridge/src/capture/fullSync.ts';
import { standardConfig } from '../../bridge/src/core/config/activeConfig.ts';
import { DESK_VOCABULARY } from '../../bridge/src/core/vocabulary/desk.ts';
import { createDesk } from '../../bridge/src/desk/createDesk.ts';
import type { FeedPosition, HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import type { Org } from '../../bridge/src/ports/org.ts';
import { openStore } from '../../bridge/src/store/openStore.ts';
import type { Store } from '../../bridge/src/store/store.ts';
import { createCase, updateCase } from '../desk/cases.ts';
import { createCustomer } from '../desk/customers.ts';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';
import { randomFrom } from '../support/random.ts';

let clock: number;
let local: LocalDesk;
let desk: HelpDesk;
let store: Store;
let folder: string;

async function begin(maxPageSize = 100): Promise<void> {
  clock = Date.UTC(2026, 0, 5);
  const now = () => clock;
  local = await startDesk({ rateLimitPerMinute: 1_000_000, maxPageSize, now });
  desk = createDesk({ url: local.url, auth: { kind: 'basic', ...local } });
  folder = mkdtempSync(join(tmpdir(), 'desk-feed-'));
  store = await openStore({ kind: 'sqlite', folder }, now);
}
beforeEach(() => begin());
afterEach(async () => {
  await store.close();
  await local.close();
  rmSync(folder, { recursive: true });
});

const message = { direction: 'in', status: 'received', body: 'B' };
function addCases(count: number): void {
  const { state } = local;
  const customer = createCustomer(state, { last_name: 'One' }, new URLSearchParams());
  for (let n = 0; n < count; n += 1)
    createCase(state, { type: 'email', subject: `Case ${n}`, status: 'open', message }, customer.id);
}
const since = () => desk.startOf('case', clock);

async function readFrom(from: FeedPosition, between: () => void = () => undefined) {
  const ids = new Set<string>();
  let position = from;
  let soonMs: number | undefined;
  for (let more = true; more;) {
    const page = await desk.changes('case', position);
    for (const { id } of page.records) ids.add(id);
    // What the bridge keeps of it is JSON, and it may be killed at any page.
    position = JSON.parse(JSON.stringify(page.position)) as FeedPosition;
    ({ more, soonMs } = page);
    between();
  }
  return { ids, position, soonMs };
}

test('a burst of 1,000 changes is read once, a hundred a request, and not again at the next poll', async () => {
  addCases(1_000);
  clock += 60_000;
  const from = since();
  for (const one of local.state.tables.cases) updateCase(local.state, one, { subject: 'Changed' });
  clock += 10_000;
  const before = local.calls.length;
  const { ids, position } = await readFrom(from);
  assert.equal(ids.size, 1_000);
  assert.ok(local.calls.length - before <= 11, `${local.calls.length - before} requests`);
  clock += 10_000;
  const quiet = local.calls.length;
  await readFrom(position);
  assert.equal(local.calls.length - quiet, 1);
});

test('a burst of this very moment is left for two seconds, and then read once', async () => {
  addCases(500);
  clock += 60_000;
  const from = since();
  for (const one of local.state.tables.cases) updateCase(local.state, one, { subject: 'Changed' });
  const before = local.calls.length;
  const first = await readFrom(from);
  assert.deepEqual([first.ids.size, local.calls.length - before], [100, 1]);
  assert.equal(first.soonMs, 2_000);
  assert.equal(desk.toldUpTo('case'), null, 'it has not told of all yet');
  clock += 2_000;
  const second = await readFrom(first.position);
  assert.deepEqual([second.ids.size, second.soonMs], [500, undefined]);
  assert.ok(local.calls.length - before <= 7);
  assert.notEqual(desk.toldUpTo('case'), null);
  // One that goes on is not waited for a second time.
  for (const one of local.state.tables.cases) updateCase(local.state, one, { subject: 'Again' });
  const waited = await readFrom(second.position);
  for (const one of local.state.tables.cases) updateCase(local.state, one, { subject: 'And again' });
  assert.equal((await readFrom(waited.position)).ids.size, 500);
});

test('whatever is changed, made and deleted while a burst is read, no change is passed over', async () => {
  const seed = Math.floor(Math.random() * 2 ** 32);
  const random = randomFrom(seed);
  for (let round = 0; round < 15; round += 1) {
    await store.close();
    await local.close();
    await begin(5);
    addCases(60);
    clock += 600_000;
    const from = since();
    const { state } = local;
    const table = state.tables.cases;
    const any = () => table[Math.floor(random() * table.length)] ?? assert.fail();
    const touched = new Set<number>();
    const change = () => {
      const one = any();
      updateCase(state, one, { subject: `Changed ${random()}` });
      touched.add(one.id);
    };
    for (let n = 0; n < 40; n += 1) change();
    const meddle = () => {
      clock += Math.floor(random() * 2_000);
      for (let n = Math.floor(random() * 4); n > 0; n -= 1) {
        const what = random();
        if (what < 0.4) change();
        else if (what < 0.7) table.splice(table.indexOf(any()), 1);
        else addCases(1);
      }
    };
    const during = await readFrom(from, meddle);
    clock += 10_000;
    const after = await readFrom(during.position);
    const missed = table.filter(
      ({ id }) => touched.has(id) && !during.ids.has(String(id)) && !after.ids.has(String(id)),
    );
    assert.deepEqual(
      missed.map(({ id }) => id),
      [],
      `seed ${seed}, round ${round}`,
    );
  }
});

test('a burst beyond the last page of the list is read to its end by search, though that one lags', async () => {
  await store.close();
  await local.close();
  await begin(2);
  addCases(1_100);
  clock += 600_000;
  const from = since();
  local.state.tables.cases.forEach((one, index) => {
    if (index % 2 === 0) clock += 1_000;
    updateCase(local.state, one, { subject: 'Changed' });
  });
  clock += 10_000;
  local.searchLagMs = 60_000;
  const { ids, position } = await readFrom(from);
  assert.equal(ids.size, 1_100);
  const behind = clock - Date.parse(position?.since ?? '');
  assert.ok(behind >= local.searchLagMs, 'the next poll looks back over what the index may have lacked');
});

test('the pages of a burst are told in the parts that a round takes, each with the place behind it', async () => {
  addCases(450);
  await startDeskFeed({ desk, store }, clock - 60_000);
  clock += 10_000;
  const parts: number[] = [];
  const watched: Store = {
    ...store,
    sight: (sightings, priority, cursors) => {
      if (sightings.length > 1) parts.push(sightings.length);
      assert.equal(cursors?.length, 1);
      return store.sight(sightings, priority, cursors);
    },
  };
  const active = () => standardConfig(DESK_VOCABULARY);
  await pollDesk({ desk, store: watched, active }, new AbortController().signal);
  assert.deepEqual(parts, [400, 50]);
  assert.equal((await store.claim(1_000, 1_000)).length, 451);
});

test('a case that is deleted is told of as gone, in the feed and in a full read, and makes its pair due once', async () => {
  addCases(3);
  const position = desk.startOf('case', clock - 60_000);
  const [, second, third] = local.state.tables.cases;
  assert.ok(second && third);
  updateCase(local.state, third, { status: 'deleted' });
  clock += 10_000;
  const told = await desk.changes('case', position);
  assert.deepEqual([told.records.length, told.gone], [2, [String(third.id)]]);
  const all = await desk.changes('case', null);
  assert.deepEqual([all.records.length, all.gone], [2, [String(third.id)]]);
  await startDeskFeed({ desk, store }, clock - 60_000);
  const poll = () =>
    pollDesk({ desk, store, active: () => standardConfig(desk.vocabulary) }, new AbortController().signal);
  assert.equal(await poll(), 4, 'three cases and their customer');
  updateCase(local.state, second, { status: 'deleted' });
  clock += 10_000;
  assert.equal(await poll(), 1);
  assert.equal(await poll(), 0);
});

test('a case that the feed has read, and then told of as gone, is asked for', async () => {
  addCases(1);
  const [one] = local.state.tables.cases;
  assert.ok(one);
  const id = String(one.id);
  const { position } = await desk.changes('case', desk.startOf('case', clock - 60_000));
  updateCase(local.state, one, { status: 'deleted' });
  clock += 10_000;
  assert.deepEqual((await desk.changes('case', position)).gone, [id]);
  assert.equal((await desk.read('case', [id], () => true)).size, 0);
});

test('a full sync makes a record due that nobody can read, so that it is parked with what is wrong', async () => {
  addCases(1);
  const [broken] = local.state.tables.cases;
  assert.ok(broken);
  (broken as { status: unknown }).status = null;
  const sides = { org: {} as Org, desk, store, active: () => standardConfig(DESK_VOCABULARY) };
  let sync = await startFullSync(store, standardConfig(DESK_VOCABULARY), clock);
  sync = { ...sync, at: { side: 'desk', pair: 'case', position: null } };
  await stepFullSync(sync, sides, clock);
  const due = await store.claim(10, 1_000);
  assert.deepEqual(
    due.map(({ deskId }) => deskId),
    [String(broken.id)],
  );
});
