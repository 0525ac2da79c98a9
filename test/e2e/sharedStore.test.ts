import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { differences } from '../support/oracle.ts';
import { startPostgres, type LocalPostgres } from '../support/postgres.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

const postgres = await startPostgres();
const skipped = typeof postgres === 'string' ? { skip: postgres } : {};
let world: World;
let serial = 0;

before(async () => {
  world = await createWorld();
});
after(async () => {
  await world.close();
  if (typeof postgres !== 'string') await postgres.close();
});

/** New records and changes on both sides. */
async function work(times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    serial += 1;
    const n = serial;
    const customer = await world.agent<{ id: number }>('POST', 'customers', {
      first_name: 'C',
      last_name: `Customer ${n}`,
      emails: [{ type: 'work', value: `c${n}@desk.test` }],
    });
    const made = await world.agent<{ id: number }>('POST', 'cases', {
      type: 'email',
      subject: `Case ${n}`,
      status: 'open',
      priority: 8,
      message: { direction: 'in', status: 'received', subject: 'S', body: 'B' },
      _links: { customer: { href: `/api/v2/customers/${customer.id}`, class: 'customer' } },
    });
    await world.agent('POST', `cases/${made.id}/notes`, { body: `Note ${n}` });
    const account = await world.salesforce.sobject('Account').create({ Name: `Account ${n}` });
    const contact = await world.salesforce
      .sobject('Contact')
      .create({ LastName: `Contact ${n}`, Email: `k${n}@org.test`, AccountId: account.id });
    await world.salesforce.sobject('Case').create({ Subject: `Of the org ${n}`, ContactId: contact.id });
    await world.salesforce.sobject('Contact').update({ Id: contact.id ?? '', Title: `Title ${n}` });
  }
}

const atRest = (bridges: readonly BridgeProcess[]) =>
  waitFor(
    () =>
      `both systems to be equal:\n${differences(world).join('\n')}\n${bridges.map((one) => one.output()).join('\n')}`,
    () => differences(world).length === 0,
  );
const captures = async (bridge: BridgeProcess) => {
  const { parts } = (await (await fetch(`http://127.0.0.1:${bridge.port}/health/ready`)).json()) as {
    parts: Record<string, { detail: string }>;
  };
  return parts['capture']?.detail === 'this bridge captures';
};

test(
  'two bridges share one PostgreSQL; the one that captures is killed, and nothing is lost or doubled',
  skipped,
  async () => {
    const env = { DESKCONNECT_STORE: await (postgres as LocalPostgres).newDatabase() };
    const first = await world.startBridge(env);
    assert.equal(await captures(first), true);
    const second = await world.startBridge(env);
    assert.equal(await captures(second), false);
    await work(5);
    await atRest([first, second]);
    await work(3);
    await first.kill();
    await work(3);
    await waitFor('the other to capture', () => captures(second));
    await atRest([second]);
    const third = await world.startBridge(env);
    await work(2);
    assert.equal(await second.stop(), 0);
    await waitFor('the third to capture', () => captures(third));
    await work(2);
    await atRest([third]);
    const { pairs } = await third.status();
    await waitFor('nothing that waits', async () => {
      const now = (await third.status()).pairs;
      return now['waiting'] === 0 && now['failing'] === 0;
    });
    assert.equal(pairs['unlinked'], 0);
    assert.equal(await third.stop(), 0);
  },
);
