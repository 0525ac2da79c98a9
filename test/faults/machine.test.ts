import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { Budget } from '@desk-connect/bridge/http/budget.js';
import { createDesk } from '@desk-connect/bridge/desk/createDesk.js';
import { logIn } from '@desk-connect/bridge/salesforce/jwt.js';
import { Wake } from '@desk-connect/bridge/service/wake.js';
import { openSqlite, StoreUnreadable } from '@desk-connect/bridge/store/sqlite.js';
import type { Store } from '@desk-connect/bridge/store/store.js';
import { startDesk } from '../desk/startDesk.ts';
import {
  startBridgeInProcess,
  type BridgeInProcess,
  type InProcessOptions,
} from '../support/bridgeInProcess.ts';
import { createOne } from '../support/oneInDesk.ts';
import { differences } from '../support/oracle.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

const HOUR_MS = 3_600_000;
let world: World;
let folder: string;
const started: BridgeInProcess[] = [];
let serial = 0;

before(async () => {
  world = await createWorld();
  folder = mkdtempSync(join(tmpdir(), 'machine-faults-'));
});
after(async () => {
  for (const bridge of started) if (bridge.running()) await bridge.stop();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: InProcessOptions): Promise<BridgeInProcess> {
  const bridge = await startBridgeInProcess(world, options);
  started.push(bridge);
  return bridge;
}
async function newContact(): Promise<string> {
  serial += 1;
  const { id } = await world.salesforce
    .sobject('Contact')
    .create({ LastName: `Contact ${serial}`, Email: `contact${serial}@machine.test` });
  return id ?? '';
}
const customerOf = (contactId: string) =>
  world.desk.state.tables.customers.find((one) => one.external_id === contactId);
const arrives = (contactId: string) => waitFor('the customer in Desk', () => customerOf(contactId));
const bothAreEqual = () =>
  waitFor(
    () => `both to be equal:\n${differences(world).join('\n')}`,
    () => differences(world).length === 0,
  );

test('D2.21 a bridge whose clock is wrong logs in by the clock of Salesforce', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  world.org.org.apps.set('clock', {
    consumerKey: 'clock',
    certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    approved: null,
  });
  const login = {
    loginUrl: world.org.url,
    clientId: 'clock',
    username: 'bridge@local.test',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  for (const off of [-HOUR_MS, HOUR_MS]) assert.ok((await logIn(login, () => Date.now() + off)).accessToken);
  await assert.rejects(
    logIn({ ...login, username: 'nobody@local.test' }, () => Date.now() + HOUR_MS),
    /hasn't approved/,
  );
});

test("D2.21 a bridge whose clock is wrong signs its requests by Desk's", async (t) => {
  const local = await startDesk({ now: () => Date.now() - HOUR_MS });
  t.after(() => local.close());
  const desk = createDesk({ url: local.url, auth: { kind: 'oauth', ...local.oauth } });
  assert.equal((await createOne(desk, 'company', { name: 'An hour ago' })).outcome, 'done');
  assert.equal(local.calls.length, 2);
  assert.equal((await createOne(desk, 'company', { name: 'Once' })).outcome, 'done');
  assert.equal(local.calls.length, 3);
});

test('D2.21 a clock that is set back holds up no request to Desk', async () => {
  let time = HOUR_MS;
  const waited: number[] = [];
  const budget = new Budget({
    now: () => time,
    wait: (ms) => {
      waited.push(ms);
      time += ms;
      return Promise.resolve();
    },
  });
  await budget.take();
  budget.correct(100, 0, 30);
  time = 0;
  await budget.take();
  assert.deepEqual(waited, []);
});

test('D2.21 a pause that is longer than a timer can be is no pause of nothing', async () => {
  const stop = new AbortController();
  const wait = new Wake().wait(2 ** 40, stop.signal).then(() => 'woke');
  assert.equal(await Promise.race([wait, pause(20, 'waits')]), 'waits');
  stop.abort();
  await wait;
});

test('D2.22 while the disk is full nothing is lost, and when there is room it goes on at once', async () => {
  let full = false;
  const withoutRoom = (store: Store): Store =>
    new Proxy(store, {
      get: (target, name) =>
        full && (name === 'settle' || name === 'sight')
          ? () => Promise.reject(new Error('database or disk is full'))
          : (Reflect.get(target, name) as unknown),
    });
  const bridge = await start({ store: withoutRoom, sweepMs: 200 });
  await bridge.ready();
  const before = await newContact();
  await arrives(before);
  await waitFor('rest', async () => (await bridge.store.counts()).waiting === 0);
  // Claimed with the last room that there was: its outcome cannot be recorded.
  world.desk.faults.add({
    match: { method: 'PATCH' },
    action: 'delay',
    ms: 0,
    onStrike: () => {
      full = true;
    },
  });
  await world.salesforce.sobject('Contact').update({ Id: before, Title: 'Full' });
  await waitFor('the health', () => bridge.health.parts()['engine']?.state === 'down');
  assert.match(bridge.health.parts()['engine']?.detail ?? '', /disk is full/);
  const unheard = await newContact();
  await waitFor('the sweep', () => bridge.health.parts()['salesforce sweep']?.state === 'down');
  full = false;
  await arrives(unheard);
  await bridge.ready();
  await waitFor('rest', async () => {
    const { waiting, failing } = await bridge.store.counts();
    return waiting === 0 && failing === 0;
  });
  assert.ok(bridge.running());
  await bridge.stop();
});

test('D2.22 a backup that is put back catches up, and doubles nothing', async () => {
  const data = join(folder, 'data');
  const backup = join(folder, 'backup');
  const first = await start({ dataFolder: data });
  await first.ready();
  const old = await newContact();
  await arrives(old);
  await bothAreEqual();
  await first.stop();
  cpSync(data, backup, { recursive: true });
  const second = await start({ dataFolder: data });
  const recent = await newContact();
  await arrives(recent);
  await world.salesforce.sobject('Contact').update({ Id: old, Title: 'After the backup' });
  await waitFor('the title', () => customerOf(old)?.title === 'After the backup');
  await bothAreEqual();
  await second.stop();
  rmSync(data, { recursive: true });
  cpSync(backup, data, { recursive: true });
  await world.agent('PATCH', `customers/${customerOf(old)?.id}`, { first_name: 'Renamed' });
  const third = await start({ dataFolder: data });
  await world.salesforce.sobject('Contact').update({ Id: recent, Title: 'Once more' });
  await waitFor('the title', () => customerOf(recent)?.title === 'Once more');
  await bothAreEqual();
  assert.deepEqual([customerOf(old)?.title, customerOf(old)?.first_name], ['After the backup', 'Renamed']);
  await third.stop();
});

test('D2.22 a store that is damaged is told of, with what to do', async () => {
  const damaged = mkdtempSync(join(folder, 'damaged-'));
  writeFileSync(join(damaged, 'desk-connect.sqlite'), 'This is no database. '.repeat(500));
  await assert.rejects(openSqlite(damaged), (error) => {
    assert.ok(error instanceof StoreUnreadable);
    assert.match(error.message, /file is not a database.*Put a backup/);
    return true;
  });
});

test('D2.10 a bridge that starts while Salesforce is away waits for it', async () => {
  const away = { action: 'status', status: 503, body: 'Service Unavailable' } as const;
  world.org.org.faults.add({ ...away, match: { path: /\/query$/ }, times: 4 });
  world.org.org.faults.add({ action: 'dropBefore', match: { path: /^\/services\/data\/?$/ }, times: 4 });
  const accessToken = world.org.org.sessions.open(world.org.org.userId('bridge@local.test'));
  const bridge = await world.startBridge({ DESKCONNECT_SALESFORCE_ACCESS_TOKEN: accessToken });
  assert.match(bridge.output(), /the bridge waits for it/);
  assert.match(bridge.output(), /salesforce sweep is down/);
  await arrives(await newContact());
  assert.equal(await bridge.stop(), 0);
});
