import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { Health } from '@desk-connect/bridge/service/health.js';
import { captureWhileElected } from '@desk-connect/bridge/service/leadership.js';
import { openPostgres } from '@desk-connect/bridge/store/postgres.js';
import { sqlStore } from '@desk-connect/bridge/store/sqlStore.js';
import { startProxy } from '../support/proxy.ts';
import { closeEngines, freshStore, one, POSTGRES, sighting } from '../support/stores.ts';
import { waitFor } from '../support/waitFor.ts';

after(closeEngines);

const TTL_MS = 10_000;
const LOST_MS = 3_000;
const urlOf = ({ location }: Awaited<ReturnType<typeof freshStore>>) =>
  location.kind === 'postgres' ? location.url : assert.fail();

test(
  'postgres: silence of three seconds is death for a bridge whose connection is lost, and for no other',
  POSTGRES,
  async (t) => {
    const world = await freshStore(t, 'postgres');
    const url = new URL(urlOf(world));
    const proxy = await startProxy(`http://${url.host}`);
    url.host = new URL(proxy.url).host;
    const distant = sqlStore(await openPostgres(url.href), 'the distant one', world.now);
    let isOpen = true;
    t.after(async () => {
      if (isOpen) await proxy.close();
      await distant.close();
    });
    let heard = 0;
    distant.hearDue(() => {
      heard += 1;
    });
    await waitFor('the connection', () => heard === 1);
    assert.equal((await distant.beat(TTL_MS)).elected, true);
    await distant.sight([sighting('1')], PRIORITY.live);
    one(await distant.claim(10, 600_000));
    world.advance(LOST_MS + 1_000);
    assert.deepEqual(await world.store.beat(TTL_MS, LOST_MS), { elected: false, members: 2 }, 'it is slow');
    await proxy.close();
    isOpen = false;
    assert.equal((await world.store.beat(TTL_MS)).members, 2, 'nobody asked for those who are lost');
    await waitFor(
      'the capture',
      async () => {
        const { elected, members } = await world.store.beat(TTL_MS, LOST_MS);
        return elected && members === 1;
      },
      5_000,
    );
    one(await world.store.claim(10, 600_000));
  },
);

test(
  'postgres: a bridge that has claimed before its first beat is not robbed by the beats of others',
  POSTGRES,
  async (t) => {
    const world = await freshStore(t, 'postgres');
    const other = await world.another();
    await world.store.sight([sighting('1')], PRIORITY.live);
    one(await world.store.claim(10, 600_000));
    await other.beat(TTL_MS, LOST_MS);
    assert.deepEqual(await other.claim(10, 600_000), []);
  },
);

test('postgres: a bridge beats past its own transactions that wait for their turn', POSTGRES, async (t) => {
  const world = await freshStore(t, 'postgres');
  const other = await world.another();
  const slow = new pg.Client({ connectionString: urlOf(world) });
  await slow.connect();
  // The turn of a bridge that takes long.
  await slow.query('select pg_advisory_lock(727001)');
  const waiting = Array.from({ length: 12 }, (_, n) =>
    world.store.sight([sighting(String(n))], PRIORITY.live),
  );
  try {
    const { elected } = await world.store.beat(TTL_MS);
    assert.equal(elected, true);
    assert.equal((await other.counts()).waiting, 0, 'none of them had its turn');
  } finally {
    await slow.end();
    await Promise.all(waiting);
  }
});

test(
  'postgres: a bridge whose capture takes long to end says meanwhile that it lives',
  POSTGRES,
  async (t) => {
    const world = await freshStore(t, 'postgres');
    const other = await world.another();
    const ended = new AbortController();
    const release = Promise.withResolvers<void>();
    let term: AbortSignal | null = null;
    const leading = captureWhileElected(
      {
        store: world.store,
        health: new Health(world.now, () => undefined),
        now: world.now,
        onMembers: () => undefined,
        capture: (signal) => {
          term = signal;
          return release.promise;
        },
      },
      ended.signal,
    );
    try {
      await waitFor('the capture', () => term);
      await waitFor('the other to take it', async () => {
        world.advance(TTL_MS + 1_000);
        return (await other.beat(TTL_MS)).elected;
      });
      await waitFor('the end of the term', () => term?.aborted);
      world.advance(TTL_MS + 1_000);
      await waitFor('its next beat', async () => (await other.beat(TTL_MS)).members === 2, 10_000);
    } finally {
      release.resolve();
      ended.abort();
      await leading;
    }
  },
);
