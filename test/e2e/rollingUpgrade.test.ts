import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLoad } from '../crash/load.ts';
import { startBridgeProcess, type BridgeProcess } from '../support/bridgeProcess.ts';
import { differences } from '../support/oracle.ts';
import { startPostgres } from '../support/postgres.ts';
import { randomFrom } from '../support/random.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

const LATER = fileURLToPath(new URL('../support/laterBridge.ts', import.meta.url));
const SEED = Number(process.env['UPGRADE_SEED'] ?? Date.now() % 1e6);
/** How fast people work. */
const EVERY_MS = 200;
const postgres = await startPostgres();
const running: BridgeProcess[] = [];
let world: World;

before(async () => {
  world = await createWorld();
});
after(async () => {
  for (const bridge of running) await bridge.kill();
  await world.close();
  if (typeof postgres !== 'string') await postgres.close();
});

/** How many rounds with work it has had. */
async function rounds({ port }: BridgeProcess): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^deskconnect_round_seconds_count (\d+)/m.exec(text)?.[1]);
}

test('bridges of two releases share one PostgreSQL under load; an upgrade that leaves the older ones behind ends them, and nothing is lost or doubled', async (t) => {
  if (typeof postgres === 'string') return t.skip(postgres);
  const url = await postgres.newDatabase();
  const start = async (known?: 'adding' | 'changing') => {
    const env = { DESKCONNECT_STORE: url, ...(known ? { LATER_MIGRATIONS: known } : {}) };
    const bridge = await startBridgeProcess({ ...world.targets, env, ...(known ? { program: LATER } : {}) });
    running.push(bridge);
    await bridge.ready();
    return bridge;
  };
  const load = startLoad(world, randomFrom(SEED));
  const left = () => [...Object.values(load.ledger.judge(world)).flat(), ...differences(world)];
  const equal = () =>
    waitFor(
      () =>
        `both sides to be equal (seed ${SEED}):\n${left().join('\n')}\n${running.map((one) => one.output()).join('\n')}`,
      () => left().length === 0,
    );
  /** People work until the other work is done. */
  const whilePeopleWork = async <T>(work: Promise<T>): Promise<T> => {
    const over = new AbortController();
    const done = work.finally(() => over.abort());
    while (!over.signal.aborted) {
      await load.some(1);
      await pause(EVERY_MS);
    }
    return done;
  };
  await load.begin();
  const old = await start();
  await equal();
  const newer = await whilePeopleWork(start('adding'));
  await whilePeopleWork(
    waitFor('both to have worked', async () => (await rounds(old)) > 2 && (await rounds(newer)) > 2),
  );
  await equal();
  const newest = await whilePeopleWork(start('changing'));
  for (const bridge of [old, newer]) {
    const { child } = bridge;
    await whilePeopleWork(waitFor('its end', () => child.exitCode !== null));
    assert.equal(child.exitCode, 1, bridge.output());
    assert.match(bridge.output(), /newer version of the bridge has changed the store \(902_changes\)/);
  }
  await load.some(5);
  await equal();
  await waitFor('nothing that waits', async () => (await newest.status()).pairs['waiting'] === 0);
  await equal();
  assert.equal(await newest.stop(), 0);
  assert.deepEqual(world.desk.state.emailsSent, []);
});
