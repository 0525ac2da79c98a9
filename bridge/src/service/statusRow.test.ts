import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { standardConfig } from '../core/config/activeConfig.ts';
import { RequestFailed } from '../core/failure.ts';
import type { BridgeRequest } from '../core/status/bridgeRequest.ts';
import { DESK_VOCABULARY } from '../core/vocabulary/desk.ts';
import type { Engine } from '../engine/engine.ts';
import type { BridgeStatus } from '../ports/org.ts';
import { openStore } from '../store/openStore.ts';
import { Health } from './health.ts';
import { STATUS_PACE, StatusRow } from './statusRow.ts';
import { Wake } from './wake.ts';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** A row with the store of its own, a clock that only the test moves, and an org that keeps what it is told. */
async function newRow(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'status-row-'));
  let clock = Date.UTC(2026, 0);
  const now = () => clock;
  const store = await openStore({ kind: 'sqlite', folder }, now);
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const retried: (string | null)[] = [];
  const world = {
    writes: [] as { status: BridgeStatus; answers: boolean }[],
    /** What the row asks for, one for each of the next writes. */
    asked: [] as (BridgeRequest | null)[],
    refusal: null as RequestFailed | null,
    usage: { used: 0, max: 1_000 },
    retried,
    health: new Health(now, () => undefined),
    advance: (ms: number) => {
      clock += ms;
    },
  };
  const org: Pick<Engine['org'], 'usage' | 'writeStatus'> = {
    usage: () => world.usage,
    writeStatus: (status, answers) => {
      world.writes.push({ status, answers });
      if (world.refusal) return Promise.reject(world.refusal);
      return Promise.resolve({ rowId: 'the row', asked: world.asked.shift() ?? null });
    },
  };
  const engine = {
    org,
    desk: { vocabulary: DESK_VOCABULARY, rate: () => ({ limit: 300, left: 300, windowEndsAt: 0 }) },
    store: {
      ...store,
      retry: (failureClass: string | null) => {
        retried.push(failureClass);
        return store.retry(failureClass);
      },
    },
    active: () => standardConfig(DESK_VOCABULARY),
    now,
  } as unknown as Engine;
  const { health } = world;
  const work = new Wake();
  const row = new StatusRow({ engine, health, settings: null, work, changed: new Wake(), pace: STATUS_PACE });
  /** As the loop does it, which wakes it as often as `wakeMs`. */
  const run = async (forMs: number, wakeMs: number, between: () => void = () => undefined) => {
    for (const end = clock + forMs; clock < end;) {
      const turn = await row.turn();
      clock += Math.min(wakeMs, typeof turn === 'number' ? turn : turn.pauseMs);
      between();
    }
  };
  return { world, row, run };
}

test('a quiet day costs 300 calls at most', async (t) => {
  const { world, run } = await newRow(t);
  await run(DAY_MS, DAY_MS);
  assert.ok(world.writes.length >= 288 && world.writes.length <= 300, `${world.writes.length}`);
});

test('trouble is told at once, ten seconds apart at least, and costs a tenth of the daily calls at most', async (t) => {
  const { world, run } = await newRow(t);
  let isUp = true;
  const flap = () => {
    isUp = !isUp;
    world.health.set('desk poll', isUp ? 'up' : 'down');
  };
  await run(60 * SECOND_MS, SECOND_MS);
  assert.equal(world.writes.length, 1);
  flap();
  await run(SECOND_MS, SECOND_MS);
  assert.deepEqual(
    world.writes.map(({ status }) => status.state),
    ['Up', 'Trouble'],
  );
  // Another state at each look.
  await run(60 * SECOND_MS, STATUS_PACE.spacingMs, flap);
  assert.ok(world.writes.length > 2 && world.writes.length <= 2 + 6, `${world.writes.length}`);
  await run(DAY_MS / 4, STATUS_PACE.spacingMs, flap);
  const most = 1 + 288 / 4 + world.usage.max / 10;
  assert.ok(world.writes.length > 100 && world.writes.length <= most, `${world.writes.length}`);
});

test('what is asked for is done and then cleared; what comes in between is not cleared undone', async (t) => {
  const { world, row } = await newRow(t);
  await row.turn();
  world.asked.push({ action: 'Retry', failureClass: 'busy' }, { action: 'Retry', failureClass: null });
  row.asked('another record');
  await row.turn();
  assert.equal(world.writes.length, 1, 'a signal for another record is none for the row');
  row.asked('the row');
  await row.turn();
  assert.deepEqual(
    world.writes.map(({ answers }) => answers),
    [false, false, true],
  );
  assert.deepEqual(world.retried, ['busy', null]);
});

test('when 90 % of the calls are used, it waits', async (t) => {
  const { world, row } = await newRow(t);
  world.usage = { used: 900, max: 1_000 };
  const turn = await row.turn();
  assert.match(typeof turn === 'number' ? '' : turn.detail, /90 %/);
  assert.equal(world.writes.length, 0);
});

test('a refusal is no fault, and neither it nor a lost answer is asked for again at every ring', async (t) => {
  const { world, row } = await newRow(t);
  world.refusal = new RequestFailed({ class: 'network', code: 'ECONNRESET', message: 'reset' });
  await assert.rejects(row.turn());
  await assert.rejects(row.turn());
  assert.equal(world.writes.length, 1);
  world.advance(STATUS_PACE.spacingMs);
  world.refusal = new RequestFailed({ class: 'permission', code: 'NOT_FOUND', message: 'no object' });
  for (let ring = 0; ring < 3; ring += 1) {
    const turn = await row.turn();
    assert.match(typeof turn === 'number' ? '' : turn.detail, /^refused: .*no object/);
    world.advance(STATUS_PACE.spacingMs);
  }
  assert.equal(world.writes.length, 2);
  world.advance(STATUS_PACE.everyMs);
  world.refusal = null;
  await row.turn();
  assert.equal(world.writes.length, 3);
});
