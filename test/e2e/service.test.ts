import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { endSessions, jwtLogin } from '../support/jwtLogin.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

const MAIN = fileURLToPath(new URL('../../bridge/src/service/main.ts', import.meta.url));
let world: World;
let folder: string;

before(async () => {
  world = await createWorld();
  folder = mkdtempSync(join(tmpdir(), 'service-'));
});
after(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const newContact = async (name: string, fields: object = {}) =>
  (
    await world.salesforce
      .sobject('Contact')
      .create({ LastName: name, Email: `${name.toLowerCase()}@service.test`, ...fields })
  ).id ?? '';
const customerOf = (contactId: string) =>
  world.desk.state.tables.customers.find((one) => one.external_id === contactId);

test('a bridge that is not configured says all that is missing, and ends with 2', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--conditions=source', MAIN], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DESKCONNECT_DESK_URL: 'http://desk.example' },
  });
  assert.equal(status, 2);
  assert.match(stderr, /DESKCONNECT_SALESFORCE_URL/);
  assert.match(stderr, /DESKCONNECT_DESK_URL: must be https/);
});

test('D2.3 the bridge logs in by JWT, and again when its session has ended', async () => {
  const bridge = await world.startBridge(jwtLogin(world, folder));
  const first = await newContact('First');
  await waitFor('the first customer', () => customerOf(first));
  endSessions(world);
  world.org.pubsub.dropStreams();
  const second = await newContact('Second');
  await waitFor('the second customer', () => customerOf(second));
  await world.agent('POST', 'customers', { last_name: 'Third' });
  const contacts = () => [...world.org.org.records.rows('Contact').values()];
  await waitFor('the third contact', () => contacts().some((row) => row['LastName'] === 'Third'));
  await bridge.ready();
  assert.equal((await bridge.status()).pairs['failing'], 0, 'nothing is seen of it');
  assert.equal(await bridge.stop(), 0);
});

test('invariant 7: one failing record never delays another, and is tried again when it changes', async () => {
  const accessToken = world.org.org.sessions.open(world.org.org.userId('bridge@local.test'));
  const bridge = await world.startBridge({ DESKCONNECT_SALESFORCE_ACCESS_TOKEN: accessToken });
  world.desk.faults.add({
    match: { method: 'POST', body: /Refused/ },
    action: 'status',
    status: 422,
    body: { message: 'Validation Failed', errors: { last_name: ['invalid'] } },
    times: 1_000,
  });
  const refused = await newContact('Refused');
  const fine = await newContact('Fine');
  await waitFor('the customer that is fine', () => customerOf(fine));
  await waitFor('the failure', async () => ((await bridge.status()).pairs['failing'] ?? 0) === 1);
  assert.equal(customerOf(refused), undefined);
  world.desk.faults.clear();
  await world.salesforce.sobject('Contact').update({ Id: refused, Title: 'Changed' });
  await waitFor('the customer that was refused', () => customerOf(refused));
  await waitFor('no failure', async () => ((await bridge.status()).pairs['failing'] ?? 0) === 0);
  assert.equal(await bridge.stop(), 0);
});

test('invariant 8: no secret and no content of a record appears in what the bridge prints or shows', async () => {
  const accessToken = world.org.org.sessions.open(world.org.org.userId('bridge@local.test'));
  const bridge = await world.startBridge({
    DESKCONNECT_SALESFORCE_ACCESS_TOKEN: accessToken,
    DESKCONNECT_LOG_LEVEL: 'debug',
  });
  const contact = await newContact('Hushhush', { Description: 'Nobody may read this' });
  await waitFor('the customer', () => customerOf(contact));
  await world.salesforce.sobject('Contact').update({ Id: contact, Description: 'Nor may they read that' });
  await waitFor('the change', () => customerOf(contact)?.background === 'Nor may they read that');
  const made = await world.agent<{ id: number }>('POST', 'cases', {
    type: 'email',
    subject: 'Quiet subject',
    status: 'open',
    priority: 4,
    message: { direction: 'in', status: 'received', subject: 'Q', body: 'Body of the message' },
    _links: { customer: { href: `/api/v2/customers/${customerOf(contact)?.id}`, class: 'customer' } },
  });
  await world.agent('POST', `cases/${made.id}/notes`, { body: 'Body of the note' });
  await waitFor('the comment', () =>
    [...world.org.org.records.rows('CaseComment').values()].some(
      (row) => row['CommentBody'] === 'Body of the note',
    ),
  );
  const pages = await Promise.all(
    ['/status', '/log', '/health/ready'].map(async (path) =>
      (await fetch(`http://127.0.0.1:${bridge.port}${path}`)).text(),
    ),
  );
  assert.equal(await bridge.stop(), 0);
  const all = [bridge.output(), ...pages].join('\n');
  for (const secret of [
    accessToken,
    world.desk.password,
    'Hushhush',
    'hushhush@service.test',
    'Nobody may read',
    'Nor may they',
    'Quiet subject',
    'Body of the message',
    'Body of the note',
  ]) {
    assert.ok(!all.includes(secret), `it shows ${secret}`);
  }
  assert.equal(statSync(world.dataFolder).mode & 0o077, 0, 'others may not read the data folder');
});

test('a bridge whose streams break goes on with them where it stopped', async () => {
  const accessToken = world.org.org.sessions.open(world.org.org.userId('bridge@local.test'));
  const bridge = await world.startBridge({ DESKCONNECT_SALESFORCE_ACCESS_TOKEN: accessToken });
  for (let n = 0; n < 3; n += 1) {
    world.org.pubsub.dropStreams();
    const contact = await newContact(`Stream${n}`);
    await waitFor('the customer', () => customerOf(contact));
  }
  world.org.pubsub.bus.forget();
  world.org.pubsub.dropStreams();
  const late = await newContact('Forgotten');
  await waitFor('the customer after a lost position', () => customerOf(late));
  await bridge.ready();
  assert.equal(await bridge.stop(), 0);
});
