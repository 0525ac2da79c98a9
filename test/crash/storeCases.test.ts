import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { beginBridgeProcess, type BridgeProcess } from '../support/bridgeProcess.ts';
import { differences } from '../support/oracle.ts';
import { randomFrom } from '../support/random.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { startLoad, type Load } from './load.ts';

let world: World;
let load: Load;
let bridge: BridgeProcess;

before(async () => {
  world = await createWorld();
  load = startLoad(world, randomFrom(1));
  await load.begin();
  bridge = await world.startBridge({ DESKCONNECT_START: 'everything' });
  await rest();
});
after(() => world.close());

const left = () => [...Object.values(load.ledger.judge(world)).flat(), ...differences(world)];
const rest = () =>
  waitFor(
    () => `both sides to be equal:\n${left().join('\n')}\n${bridge?.output()}`,
    () => left().length === 0,
  );
async function refused(): Promise<{ code: number | null; said: string }> {
  const begun = beginBridgeProcess(world.targets);
  await begun.end;
  return { code: begun.child.exitCode, said: begun.output() };
}

test('a second bridge on the same folder ends with 2 and names the folder, the first and the ways out', async () => {
  const { code, said } = await refused();
  assert.equal(code, 2);
  assert.ok(
    said.includes(
      `The data folder ${world.dataFolder} is in use by another bridge (process ${bridge.child.pid} `,
    ),
  );
  assert.match(said, /Stop that one first.*DESKCONNECT_STORE/);
  assert.ok(!said.includes('    at '), said);
  await load.some(3);
  await rest();
});

const noLimits =
  spawnSync('prlimit', ['--version']).status === 0 ? {} : { skip: 'prlimit sets the limit, and is not here' };

test('while no file can grow the bridge says so, and once it can everything crosses', noLimits, async () => {
  const setLimit = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(bridge.child.pid), `--fsize=${bytes}:`]);
  setLimit('1024');
  await load.some(6);
  await waitFor(`the health to say it; the bridge said:\n${bridge.output()}`, async () => {
    const { parts } = (await (await fetch(`http://127.0.0.1:${bridge.port}/health/ready`)).json()) as {
      parts: Record<string, { state: string; detail: string }>;
    };
    return Object.values(parts).some(({ state, detail }) => state === 'down' && /disk/.test(detail));
  });
  await load.some(6);
  setLimit('unlimited');
  await rest();
  await bridge.ready();
});

test('a store that is lost while both sides go on is built anew, and nothing is doubled', async () => {
  await load.some(4);
  await rest();
  await bridge.kill();
  rmSync(world.dataFolder, { recursive: true });
  await load.someNew(12);
  bridge = await world.startBridge({ DESKCONNECT_START: 'everything' });
  await rest();
  await load.some(6);
  await rest();
});

test('a store that a newer bridge has written is refused with what to do', async () => {
  assert.equal(await bridge.stop(), 0);
  const store = new DatabaseSync(join(world.dataFolder, 'desk-connect.sqlite'));
  store.exec(`insert into kysely_migration values ('999_later', '2030-01-01');
    insert into cursor values ('schema floor', '999_later')`);
  const { code, said } = await refused();
  assert.equal(code, 1);
  assert.match(
    said,
    /newer version of the bridge has changed the store \(999_later\).*Start the newer version/,
  );
  store.exec(
    "delete from kysely_migration where name = '999_later'; delete from cursor where name = 'schema floor'",
  );
  store.close();
  bridge = await world.startBridge();
  await load.some(3);
  await rest();
});
