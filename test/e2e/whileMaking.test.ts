import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { RequestFailed } from '@desk-connect/bridge/core/failure.js';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import type { Engine } from '@desk-connect/bridge/engine/engine.js';
import { runRound } from '@desk-connect/bridge/engine/round.js';
import type { DeskWrite } from '@desk-connect/bridge/ports/helpDesk.js';
import type { Store } from '@desk-connect/bridge/store/store.js';
import { mergeRecords } from '../org/records/merge.ts';
import { createHandRun, type HandRun } from '../support/handRun.ts';
import { freshStore, POSTGRES } from '../support/stores.ts';
import type { AnyWorld } from '../support/world.ts';

// What is merged or deleted in Salesforce at the very moment in which it is made in Desk. Rounds are run by hand here, so
// that the moment can be chosen.

let hand: HandRun;
let world: AnyWorld;
let serial = 0;

before(async () => {
  hand = await createHandRun();
  ({ world } = hand);
});
after(() => hand.close());

type Making = (make: () => Promise<DeskWrite[]>) => Promise<DeskWrite[]>;

/** A bridge on that store; `making` stands around what makes the first record in Desk. It may lose the answer. */
const bridgeOn = (store: Store, now: () => number, making?: Making): Engine =>
  hand.bridgeOn(store, now, (desk) => ({
    create: async (pair, records) => {
      const make = () => desk.create(pair, records);
      const once = making;
      making = undefined;
      return once ? once(make).catch(answerLost) : make();
    },
  }));

function answerLost(error: unknown): DeskWrite[] {
  if (error instanceof RequestFailed) return [{ outcome: 'refused', failure: error.failure }];
  throw error;
}

const contact = async (name: string) =>
  (await world.salesforce.sobject('Contact').create({ LastName: name })).id ?? '';
const inSalesforce = (id: string) => ({ pair: 'customer', side: 'salesforce', id }) as const;
const merge = (master: string, loser: string) =>
  mergeRecords(world.org.org, world.org.org.userId(world.org.username), 'Contact', master, [loser]);
const customersNamed = (...names: string[]) =>
  world.side.held.customers().filter(({ lastName }) => names.includes(lastName));
const contactsNamed = (...names: string[]) =>
  [...world.org.org.records.rows('Contact').values()].filter(
    (row) => row['IsDeleted'] !== true && names.includes(String(row['LastName'])),
  );
type Link = { Status__c: string; Last_Error__c: string | null; Record_Id__c: string };
async function linkOf(deskId: string | undefined): Promise<Link | undefined> {
  const { records } = await world.salesforce.query<Link>(
    `SELECT Status__c, Last_Error__c, Record_Id__c FROM Desk_Link__c WHERE Desk_Key__c = 'customer:${deskId}'`,
  );
  return records[0];
}

/** A store of its own, and two contacts of which the second is in step with a customer of Desk. */
async function begin(t: TestContext, engine: string) {
  const shared = await freshStore(t, engine);
  const { store, now } = shared;
  const names = [`Master-${(serial += 1)}`, `Loser-${serial}`] as const;
  const ids = [await contact(names[0]), await contact(names[1])] as const;
  /** Rounds of these bridges until nothing is left to be done, whatever was to wait; Desk's changes are polled. */
  const rest = async (...bridges: Engine[]) => {
    for (let turn = 0; turn < 6; turn += 1) {
      shared.advance(1_000_000);
      await store.sight(
        customersNamed(...names).map(({ id }) => ({
          pair: 'customer',
          side: 'desk',
          id,
          seen: '-',
        })),
        PRIORITY.live,
      );
      for (const bridge of bridges) await runRound(bridge);
    }
    const { failing, waiting } = await store.counts();
    return { failing, waiting };
  };
  return { ...shared, store, now, names, master: ids[0], loser: ids[1], rest };
}

test('D2.16 a contact that is seen before what was merged into it inherits the customer, and none is made', async (t) => {
  const { store, now, names, master, loser, rest } = await begin(t, 'sqlite');
  const bridge = bridgeOn(store, now);
  await store.sight([inSalesforce(loser)], PRIORITY.live);
  await rest(bridge);
  const [customer] = customersNamed(...names);
  merge(master, loser);
  await store.sight([inSalesforce(master)], PRIORITY.live);
  await runRound(bridge);
  assert.deepEqual(await rest(bridge), { failing: 0, waiting: 0 });
  const [kept, ...more] = customersNamed(...names);
  assert.deepEqual([kept?.id, more], [customer?.id, []]);
  assert.equal((await linkOf(customer?.id))?.Record_Id__c, master);
  assert.equal(kept?.lastName, names[0]);
});

/** How the merge of two that both have a customer ends: the one of the loser is left to agents, and its link says so. */
async function assertToldOf(names: readonly string[], master: string): Promise<void> {
  const [first, second, ...more] = customersNamed(...names);
  assert.deepEqual(more, []);
  const links = [await linkOf(first?.id), await linkOf(second?.id)];
  const loser = links.find((link) => link?.Status__c === 'Unlinked');
  assert.match(loser?.Last_Error__c ?? '', /Merge the two in Desk as well/);
  assert.equal(links.find((link) => link !== loser)?.Record_Id__c, master);
}

test('D2.16 a contact that is made in Desk, and whose answer is lost, keeps that customer when others are merged into it', async (t) => {
  const { store, now, names, master, loser, rest } = await begin(t, 'sqlite');
  await store.sight([inSalesforce(loser)], PRIORITY.live);
  await rest(bridgeOn(store, now));
  const bridge = bridgeOn(store, now, async (make) => {
    await make();
    merge(master, loser);
    throw new RequestFailed({ class: 'network', code: 'ECONNRESET', message: 'reset' });
  });
  await store.sight([inSalesforce(master)], PRIORITY.live);
  await runRound(bridge);
  await store.sight([inSalesforce(loser)], PRIORITY.live);
  assert.deepEqual(await rest(bridge), { failing: 0, waiting: 0 });
  await assertToldOf(names, master);
});

test(
  'D2.16 while one bridge makes a contact in Desk, another that shares the store hands it no second customer',
  POSTGRES,
  async (t) => {
    const { store, now, names, master, loser, rest, another } = await begin(t, 'postgres');
    const second = bridgeOn(await another(), now);
    await store.sight([inSalesforce(loser)], PRIORITY.live);
    await rest(second);
    const first = bridgeOn(store, now, async (make) => {
      merge(master, loser);
      await store.sight([inSalesforce(loser)], PRIORITY.live);
      await runRound(second);
      return make();
    });
    await store.sight([inSalesforce(master)], PRIORITY.live);
    await runRound(first);
    assert.deepEqual(await rest(first, second), { failing: 0, waiting: 0 });
    await assertToldOf(names, master);
  },
);

test('D2.16 a contact that is merged while it is made in Desk leaves its customer to the one that took it in', async (t) => {
  const { store, now, names, master, loser, rest } = await begin(t, 'sqlite');
  const bridge = bridgeOn(store, now, async (make) => {
    const made = await make();
    merge(master, loser);
    return made;
  });
  await store.sight([inSalesforce(loser)], PRIORITY.live);
  await runRound(bridge);
  await store.sight([inSalesforce(loser), inSalesforce(master)], PRIORITY.live);
  assert.deepEqual(await rest(bridge), { failing: 0, waiting: 0 });
  const [customer, ...more] = customersNamed(...names);
  assert.deepEqual(more, []);
  assert.equal((await linkOf(customer?.id))?.Record_Id__c, master);
  assert.equal(contactsNamed(...names).length, 1, 'nothing comes back from the dead');
});

test('D2.16 a contact that is made in Desk, whose answer is lost, and that is merged then, leaves its customer to the survivor', async (t) => {
  const { store, now, names, master, loser, rest } = await begin(t, 'sqlite');
  const bridge = bridgeOn(store, now, async (make) => {
    await make();
    merge(master, loser);
    throw new RequestFailed({ class: 'network', code: 'ECONNRESET', message: 'reset' });
  });
  await store.sight([inSalesforce(loser)], PRIORITY.live);
  await runRound(bridge);
  // The survivor is seen before Desk has told of what was made.
  await store.sight([inSalesforce(master)], PRIORITY.live);
  await runRound(bridge);
  assert.equal(customersNamed(...names).length, 1);
  assert.deepEqual(await rest(bridge), { failing: 0, waiting: 0 });
  const [customer, ...more] = customersNamed(...names);
  assert.deepEqual(more, []);
  assert.equal((await linkOf(customer?.id))?.Record_Id__c, master);
});

test('D2.16 a contact that was merged before anything was made of it does not hold up the survivor for good', async (t) => {
  const { store, now, names, master, loser, rest } = await begin(t, 'sqlite');
  const bridge = bridgeOn(store, now, () => {
    merge(master, loser);
    throw new RequestFailed({ class: 'network', code: 'ECONNREFUSED', message: 'refused' });
  });
  await store.sight([inSalesforce(loser)], PRIORITY.live);
  await runRound(bridge);
  await store.sight([inSalesforce(master)], PRIORITY.live);
  assert.deepEqual(await rest(bridge), { failing: 0, waiting: 0 });
  const [customer, ...more] = customersNamed(...names);
  assert.deepEqual(more, []);
  assert.equal((await linkOf(customer?.id))?.Record_Id__c, master);
});

test('D2.17 a contact that is deleted while it is made in Desk is not brought back, until somebody does', async (t) => {
  const { store, now, names, loser, rest } = await begin(t, 'sqlite');
  const bridge = bridgeOn(store, now, async (make) => {
    const made = await make();
    await world.salesforce.sobject('Contact').destroy(loser);
    return made;
  });
  await store.sight([inSalesforce(loser)], PRIORITY.live);
  await runRound(bridge);
  await store.sight([inSalesforce(loser)], PRIORITY.live);
  assert.deepEqual(await rest(bridge), { failing: 1, waiting: 0 });
  assert.deepEqual((await store.causes())[0]?.code, 'madeOfDeleted');
  assert.deepEqual(contactsNamed(names[1]), []);
  const { org, username } = world.org;
  const object = org.schema.object('Contact') ?? assert.fail();
  org.records.transact(org.userId(username), null, () => org.records.undelete(object, loser));
  await store.sight([{ ...inSalesforce(loser), exists: true }], PRIORITY.live);
  assert.deepEqual(await rest(bridge), { failing: 0, waiting: 0 });
  const [customer, ...more] = customersNamed(...names);
  assert.deepEqual(more, []);
  assert.equal((await linkOf(customer?.id))?.Record_Id__c, loser);
});

for (const [what, meanwhile, left] of [
  [
    'renamed',
    (id: string) => world.salesforce.sobject('Account').update({ Id: id, Name: 'Married renamed' }),
    ['Married renamed'],
  ],
  ['deleted', (id: string) => world.salesforce.sobject('Account').destroy(id), []],
] as const)
  test(`D2.12 a company whose answer is lost, and whose account is ${what} then, is not made again where Desk tells of it first`, async (t) => {
    const { store, now, advance } = await freshStore(t, 'sqlite');
    const { id = '' } = await world.salesforce.sobject('Account').create({ Name: `Maiden ${what}` });
    const bridge = bridgeOn(store, now, async (make) => {
      await make();
      await meanwhile(id);
      throw new RequestFailed({ class: 'network', code: 'ECONNRESET', message: 'reset' });
    });
    await store.sight([{ pair: 'company', side: 'salesforce', id }], PRIORITY.live);
    await runRound(bridge);
    const isOurs = (name: unknown) => new RegExp(`^(?:Maiden|Married) ${what}$`).test(String(name));
    const made = () => world.side.held.companies().filter(({ name }) => isOurs(name));
    const [company] = made();
    await store.sight([{ pair: 'company', side: 'desk', id: String(company?.id) }], PRIORITY.live);
    for (let turn = 0; turn < 6; turn += 1) {
      await runRound(bridge);
      advance(60_000);
    }
    const accounts = [...world.org.org.records.rows('Account').values()].filter(
      (row) => row['IsDeleted'] !== true && isOurs(row['Name']),
    );
    assert.deepEqual(
      accounts.map((row) => row['Name']),
      left,
    );
    assert.equal(made().length, 1);
    if (left[0] !== undefined) assert.equal(made()[0]?.name, left[0]);
  });
