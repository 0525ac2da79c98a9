import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SalesforceError } from '../org/records/errors.ts';
import type { Change } from '../org/records/recordStore.ts';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { customersOf, type Customer } from './customers.ts';

let world: World;
let bridge: BridgeInProcess;
let objection: (change: Change) => SalesforceError | null = () => null;

before(async () => {
  world = await createWorld();
  world.org.org.afterSave.push((change) => {
    const error = objection(change);
    if (error) throw error;
  });
  bridge = await startBridgeInProcess(world, { random: () => 1 });
  await bridge.ready();
});
after(async () => {
  await bridge.stop();
  await world.close();
});

const { linkOf, atRest, inStep } = customersOf({
  get world() {
    return world;
  },
  get bridge() {
    return bridge;
  },
});

const LOCKED_LINKS = [
  {
    when: 'its record is deleted',
    says: 'Unlinked',
    act: ({ Id }: Customer) => world.salesforce.sobject('Contact').destroy(Id),
  },
  {
    when: 'somebody asks to unlink it',
    says: 'Unlinked',
    act: ({ id }: Customer) =>
      world.salesforce
        .sobject('Desk_Link__c')
        .update({ Id: String(linkOf(`customer:${id}`)?.['Id']), Requested_Action__c: 'Unlink' }),
  },
  {
    when: 'a change crosses',
    says: 'In Step',
    act: ({ id }: Customer) => world.agent('PATCH', `customers/${id}`, { title: 'Crossing' }),
  },
  {
    when: 'a change is refused for good',
    says: 'Failing',
    act: ({ id }: Customer) => world.agent('PATCH', `customers/${id}`, { title: 'Refused' }),
  },
] as const;

for (const [n, { when, says, act }] of LOCKED_LINKS.entries())
  test(`D2.13 a link that another transaction has locked when ${when} says so a moment later`, async () => {
    const customer = await inStep(`LockedLink${n}`);
    const link = () => linkOf(`customer:${customer.id}`);
    const linkId = link()?.['Id'];
    let writes = 0;
    objection = ({ after: row }) => {
      if (row?.['Title'] === 'Refused')
        return new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Titles are not for the refused.');
      if (row?.['Id'] !== linkId || row?.['Status__c'] !== says) return null;
      writes += 1;
      if (writes > 1) return null;
      return new SalesforceError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record');
    };
    await act(customer);
    await waitFor('the second try', () => writes === 2);
    await waitFor('rest', async () => (await bridge.store.nextDue()) === null);
    assert.equal(link()?.['Status__c'], says);
    objection = () => null;
    await world.agent('PATCH', `customers/${customer.id}`, { title: 'Accepted' });
    await atRest();
  });
