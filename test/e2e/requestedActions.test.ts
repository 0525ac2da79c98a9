import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { waitFor } from '../support/waitFor.ts';
import { createAnyWorld, type AnyWorld } from '../support/world.ts';

type Link = {
  Id: string;
  Status__c: string;
  Requested_Action__c: string | null;
  Last_Synced__c: string | null;
  Last_Error__c: string | null;
};
let world: AnyWorld;
let contactId: string;

before(async () => {
  world = await createAnyWorld();
  await world.startBridge();
  const created = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Curie', Email: 'marie@radium.test' });
  contactId = created.id ?? '';
  await waitFor('the link', link);
});
after(() => world.close());

async function link(): Promise<Link | undefined> {
  const { records } = await world.salesforce.query<Link>(
    `SELECT Id, Status__c, Requested_Action__c, Last_Synced__c, Last_Error__c FROM Desk_Link__c WHERE Record_Id__c = '${contactId}'`,
  );
  return records[0];
}
async function ask(action: string): Promise<Link> {
  const current = await link();
  await world.salesforce
    .sobject('Desk_Link__c')
    .update({ Id: current?.Id ?? '', Requested_Action__c: action, Last_Synced__c: null });
  return waitFor(`the answer to ${action}`, async () => {
    const answered = await link();
    return answered?.Requested_Action__c === null ? answered : null;
  });
}
const customer = () => world.side.held.customers().find((one) => one.externalId === contactId);

test('Sync Now is answered on the link, though nothing had to cross', async () => {
  const answered = await ask('Sync Now');
  assert.equal(answered.Status__c, 'In Step');
  assert.notEqual(answered.Last_Synced__c, null);
});

test('unlinked means unlinked: nothing crosses until the pair is relinked', async () => {
  assert.equal((await ask('Unlink')).Status__c, 'Unlinked');
  await world.salesforce.sobject('Contact').update({ Id: contactId, Description: 'Physicist' });
  // What is done after it shows that the change was seen and left alone.
  const other = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Later', Email: 'later@radium.test' });
  await waitFor('a later record', () =>
    world.side.held.customers().find((one) => one.externalId === other.id),
  );
  assert.equal(customer()?.text, null);
  assert.match((await ask('Sync Now')).Last_Error__c ?? '', /Relink it first/);
  assert.equal(customer()?.text, null);
  assert.equal((await ask('Relink')).Status__c, 'In Step');
  assert.equal(customer()?.text, 'Physicist');
});

test('a request whose signal is lost is found by the sweep', async () => {
  const row = await link();
  const object = world.org.org.schema.object('Desk_Link__c');
  assert.ok(object && row);
  // Without its flow there is no signal, as in an org without events.
  const flows = world.org.org.metadata.get('Flow');
  world.org.org.metadata.delete('Flow');
  const bridge = await world.startBridge({
    DESKCONNECT_SWEEP_SECONDS: '1',
    DESKCONNECT_DATA: `${world.dataFolder}-second`,
  });
  await ask('Sync Now');
  await bridge.stop();
  if (flows) world.org.org.metadata.set('Flow', flows);
});
