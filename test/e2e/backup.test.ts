import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { differences } from '../support/oracle.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

const MAIN = fileURLToPath(new URL('../../bridge/src/service/main.ts', import.meta.url));
let world: World;
let folder: string;
let serial = 0;

before(async () => {
  world = await createWorld();
  folder = mkdtempSync(join(tmpdir(), 'backup-'));
});
after(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const backUp = (...args: string[]) =>
  spawnSync(process.execPath, ['--conditions=source', MAIN, 'backup', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DESKCONNECT_DATA: world.dataFolder },
  });
const sides = (n: number) => ({ contact: `Contact ${n}`, customer: `Customer ${n}` });

/** A record on each side, with a case and a note in Desk. */
async function makeRecords(): Promise<{ contactId: string; customerId: number; caseId: number }> {
  serial += 1;
  const { contact, customer } = sides(serial);
  const made = await world.salesforce
    .sobject('Contact')
    .create({ LastName: contact, Email: `k${serial}@org.test` });
  const { id } = await world.agent<{ id: number }>('POST', 'customers', {
    last_name: customer,
    emails: [{ type: 'work', value: `c${serial}@desk.test` }],
  });
  const deskCase = await world.agent<{ id: number }>('POST', 'cases', {
    type: 'email',
    subject: `Case ${serial}`,
    status: 'open',
    priority: 8,
    message: { direction: 'in', status: 'received', subject: 'S', body: 'B' },
    _links: { customer: { href: `/api/v2/customers/${id}`, class: 'customer' } },
  });
  await world.agent('POST', `cases/${deskCase.id}/notes`, { body: `Note ${serial}` });
  return { contactId: made.id ?? '', customerId: id, caseId: deskCase.id };
}
const atRest = () =>
  waitFor(
    () => `both systems to be equal:\n${differences(world).join('\n')}`,
    () => differences(world).length === 0,
  );

test('a backup of a running bridge brings it back; what happened since is in step again, and nothing is made twice', async () => {
  const bridge = await world.startBridge();
  const early = await makeRecords();
  await atRest();
  const copy = join(folder, 'desk-connect.sqlite');
  const answer = backUp(copy);
  assert.deepEqual([answer.status, answer.stderr], [0, '']);
  assert.match(answer.stdout, /was copied to/);
  // Known to the backup, and changed since; not known to it at all; and not yet in step when the disk dies.
  await world.salesforce.sobject('Contact').update({ Id: early.contactId, Title: 'Changed since' });
  await world.agent('PATCH', `customers/${early.customerId}`, { title: 'Changed too' });
  await world.agent('POST', `cases/${early.caseId}/notes`, { body: 'Written since' });
  await makeRecords();
  await atRest();
  await bridge.kill();
  await makeRecords();
  await world.salesforce.sobject('Contact').update({ Id: early.contactId, Title: 'Once more' });
  rmSync(world.dataFolder, { recursive: true });
  mkdirSync(world.dataFolder, { mode: 0o700 });
  copyFileSync(copy, join(world.dataFolder, 'desk-connect.sqlite'));
  const again = await world.startBridge();
  await atRest();
  await makeRecords();
  await atRest();
  await waitFor('nothing that waits', async () => (await again.status()).pairs['waiting'] === 0);
  assert.equal((await again.status()).pairs['failing'], 0);
  const titles = world.desk.state.tables.customers.map(({ title }) => title);
  assert.ok(titles.includes('Once more') && titles.includes('Changed too'), titles.join());
  assert.equal(await again.stop(), 0);
});

test('a backup that cannot be made says why and ends with 1, and a wrong command with 2', () => {
  const existing = backUp(join(folder, 'desk-connect.sqlite'));
  assert.equal(existing.status, 1);
  assert.match(existing.stderr, /was not backed up to .*: that file exists already/);
  assert.doesNotMatch(existing.stderr, / at /, 'no stack');
  const wrong = backUp('one', 'too many');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /Usage: desk-connect-bridge/);
});
