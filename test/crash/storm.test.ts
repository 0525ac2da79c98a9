import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { mergeRecords } from '../org/records/merge.ts';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { differences } from '../support/oracle.ts';
import type { People } from '../support/desks/side.ts';
import { randomFrom } from '../support/random.ts';
import { waitFor } from '../support/waitFor.ts';
import { createAnyWorld, type AnyWorld } from '../support/world.ts';

/** `npm run test:storm` goes on with ever new seeds; `STORM_SEED` repeats a storm, `STORM_STEPS` makes a longer one. */
const seed = Number(process.env['STORM_SEED'] ?? 1);
const steps = Number(process.env['STORM_STEPS'] ?? 120);
const random = randomFrom(seed);
const below = (n: number) => Math.floor(random() * n);
const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];

let world: AnyWorld;
let bridge: BridgeProcess;
let serial = 0;

before(async () => {
  world = await createAnyWorld();
  bridge = await startBridge();
});
after(() => world.close());

/** Events get lost: a sweep finds what they would have told. */
const startBridge = () => world.startBridge({ DESKCONNECT_SWEEP_SECONDS: '2' });

const live = (object: string) =>
  [...world.org.org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
const update = (object: string, fields: Record<string, unknown> & { Id: string }) =>
  world.salesforce.sobject(object).update(fields);

/** What people and programs do on either side, each with its weight. */
const deeds: readonly (readonly [weight: number, deed: () => Promise<unknown>])[] = [
  [3, () => people().customer({ lastName: `Customer ${(serial += 1)}`, email: `c${serial}@storm.test` })],
  [3, newDeskCase],
  [2, () => people().company(`Company ${(serial += 1)}`)],
  [
    3,
    () =>
      world.salesforce.sobject('Contact').create({
        LastName: `Contact ${(serial += 1)}`,
        Email: `k${serial}@storm.test`,
        AccountId: pick(live('Account'))?.Id,
      }),
  ],
  [1, () => world.salesforce.sobject('Account').create({ Name: `Account ${(serial += 1)}` })],
  [3, newSalesforceCase],
  [4, () => onDeskCase({ status: pick(words().statuses), ...priority() })],
  [2, () => onDeskCase({ subject: `Desk says ${(serial += 1)}` })],
  [4, () => onSalesforce('Case', { Priority: pick(['High', 'Medium', 'Low']) })],
  [
    2,
    () =>
      onSalesforce('Case', {
        Status: pick(['Open', 'Pending', 'Resolved']),
        Subject: `Salesforce says ${(serial += 1)}`,
      }),
  ],
  [2, () => onSalesforce('Contact', { [words().contactField]: `Text ${(serial += 1)}` })],
  [2, deskNote],
  [2, comment],
  [1, completedTask],
  [1, () => onSalesforce('Contact', { AccountId: pick(live('Account'))?.Id ?? null })],
  [2, () => onSalesforce('Case', { ContactId: pick(live('Contact'))?.Id })],
  [1, () => onDeskCase({ customerId: pick(held().customers())?.id })],
  [1, moveCustomer],
  [1, deleteCase],
  [1, undelete],
  [1, () => merge('Contact')],
  [1, () => merge('Account')],
];

const people = () => world.side.people;
const held = () => world.side.held;
const words = () => world.side.words;
const priority = () => ({ priority: pick(words().priorities) ?? null });

async function completedTask(): Promise<void> {
  const about = pick(live('Case'));
  if (about)
    await world.salesforce.sobject('Task').create({
      WhatId: about.Id,
      Subject: `Call ${(serial += 1)}`,
      Type: 'Call',
      Status: 'Completed',
    });
}
async function moveCustomer(): Promise<void> {
  const customer = pick(held().customers());
  const company = pick(held().companies());
  if (customer && company) await people().changeCustomer(customer.id, { companyId: company.id });
}
async function deleteCase(): Promise<void> {
  const doomed = pick(live('Case'));
  if (doomed) await world.salesforce.sobject('Case').destroy(doomed.Id);
}
function undelete(): Promise<void> {
  const { org, username } = world.org;
  const object = org.schema.object('Case');
  const gone = pick([...org.records.rows('Case').values()].filter((row) => row['IsDeleted'] === true));
  if (object && gone)
    org.records.transact(org.userId(username), null, () => org.records.undelete(object, gone.Id));
  return Promise.resolve();
}
function merge(object: string): Promise<void> {
  const { org, username } = world.org;
  // One that is merged into a linked one while it is being made in Desk leaves its customer there: that is for a person
  // to mend.
  const inStep = live(object).filter((row) =>
    live('Desk_Link__c').some((link) => link['Record_Id__c'] === row.Id && link['Status__c'] !== 'Unlinked'),
  );
  const [master, loser] = [pick(live(object)), pick(inStep)];
  if (master && loser && master.Id !== loser.Id)
    mergeRecords(org, org.userId(username), object, master.Id, [loser.Id]);
  return Promise.resolve();
}

async function newDeskCase(): Promise<void> {
  const customer = pick(held().customers());
  if (!customer) return;
  serial += 1;
  const channel = pick(['email', 'phone', 'chat'] as const) ?? 'email';
  const subject = `Desk case ${serial}`;
  await people().case({ subject, customerId: customer.id, status: 'open', channel, ...priority() });
}
async function newSalesforceCase(): Promise<void> {
  const contact = pick(live('Contact'));
  if (contact)
    await world.salesforce.sobject('Case').create({
      Subject: `Salesforce case ${(serial += 1)}`,
      ContactId: contact.Id,
      Status: 'Open',
      Priority: 'Low',
    });
}
async function onDeskCase(fields: Parameters<People['changeCase']>[1]): Promise<void> {
  const deskCase = pick(held().cases());
  if (deskCase) await people().changeCase(deskCase.id, fields);
}
async function onSalesforce(object: string, fields: object): Promise<void> {
  const record = pick(live(object));
  if (record) await update(object, { Id: record.Id, ...fields });
}
async function comment(): Promise<void> {
  const salesforceCase = pick(live('Case'));
  if (!salesforceCase) return;
  await world.salesforce
    .sobject('CaseComment')
    .create({ ParentId: salesforceCase.Id, CommentBody: `Comment ${(serial += 1)}`, IsPublished: false });
}
async function deskNote(): Promise<void> {
  const deskCase = pick(held().cases());
  if (deskCase) await people().note(deskCase.id, `Note ${(serial += 1)}`);
}

/** What networks, platforms and power supplies do. Faults strike the bridge alone: they match only what it sends. */
const mishaps: readonly (() => Promise<void> | void)[] = [
  () =>
    world.org.org.faults.add({
      match: { method: 'POST', path: /composite\/graph/ },
      action: pick(['dropAfter', 'dropBefore'] as const) ?? 'dropAfter',
    }),
  () =>
    world.org.org.faults.add({
      match: { method: 'PATCH', path: /composite\/sobjects/ },
      action: 'dropAfter',
    }),
  () =>
    world.org.org.faults.add({
      match: { method: 'POST', path: /composite\/sobjects$/, body: /Desk_Link__c/ },
      action: 'dropAfter',
    }),
  () =>
    world.org.org.faults.add({
      match: { method: 'POST', path: /composite\/graph/ },
      action: 'status',
      status: 503,
      body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Server too busy' }],
    }),
  () => world.side.faults.add({ match: world.side.requests.creation, action: 'dropAfter' }),
  () =>
    world.side.faults.add({
      match: world.side.requests.search,
      action: 'status',
      status: 500,
      body: { message: 'Oops' },
    }),
  () => world.side.faults.add({ match: world.side.requests.customer, action: 'dropBefore' }),
  () => world.org.pubsub.dropStreams(),
  () => world.org.pubsub.bus.repeat(20),
  () => {
    world.org.pubsub.bus.forget();
    world.org.pubsub.dropStreams();
  },
  async () => {
    await bridge.kill();
    bridge = await startBridge();
  },
];

async function doSomething(): Promise<void> {
  const total = deeds.reduce((sum, [weight]) => sum + weight, 0);
  let at = below(total);
  const deed = deeds.find(([weight]) => (at -= weight) < 0)?.[1];
  await deed?.();
}

/** What the bridge says of the records that differ, and of what Salesforce has of them. */
async function whatIsKnown(left: readonly string[]): Promise<string[]> {
  const token = readFileSync(join(world.dataFolder, 'control-token'), 'utf8').trim();
  const headers = { authorization: `Bearer ${token}` };
  const ids = left.flatMap((line) => {
    const [, kind, id] = /\b(company|customer|case)[ :](\d+)/.exec(line) ?? [];
    const salesforceId = /\b(?:001|003|500)\w{15}\b/.exec(line)?.[0];
    return kind ? [`${kind}:${id}`] : salesforceId ? [salesforceId] : [];
  });
  const known: string[] = [];
  const tell = async (all: Iterable<string>) => {
    for (const id of all) {
      for (const page of ['explain', 'history']) {
        const url = `http://127.0.0.1:${bridge.port}/control/${page}?record=${id}`;
        known.push(`${page} ${id}: ${await (await fetch(url, { headers })).text()}`);
      }
    }
  };
  await tell(new Set(ids));
  const named = known.flatMap((text) => text.match(/\b(?:001|003)\w{15}\b/g) ?? []);
  await tell(new Set(named.filter((id) => !ids.includes(id))));
  return known;
}

test(`after a storm of changes, faults and kills both systems are equal (seed ${seed})`, async () => {
  for (let step = 0; step < steps; step += 1) {
    await doSomething();
    if (random() < 0.08) await pick(mishaps)?.();
  }
  world.org.org.faults.clear();
  world.side.faults.clear();
  try {
    await waitFor('both systems to be equal', () => differences(world).length === 0);
  } catch (error) {
    const left = differences(world);
    throw new Error(`${left.slice(0, 20).join('\n')}\n\n${(await whatIsKnown(left)).join('\n')}`, {
      cause: error,
    });
  }
  assert.deepEqual(world.side.emailed(), []);
  assert.equal(await bridge.stop(), 0);
});
