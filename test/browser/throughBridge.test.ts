import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { openStage, type Shown, type Stage } from './stage.ts';

const DUPLICATE = 'A record like it is there already';
let world: World;
let stage: Stage;
let agent: string;
let admin: string;
let contactId: string;

before(async () => {
  world = await createWorld();
  await world.startBridge({ DESKCONNECT_POLL_SECONDS: '0.5' });
  stage = await openStage(world.org);
  agent = stage.user('agent', 'Desk_Connect_Agent');
  admin = stage.user('operator', 'Desk_Connect_Admin');
  const created = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Curie', Email: 'marie@radium.test' });
  contactId = created.id ?? '';
  await waitFor('the link', async () => (await links()) === 1);
});
afterEach(() => stage.clear());
after(async () => {
  await stage.close();
  await world.close();
});

const links = async () =>
  (await world.salesforce.query(`SELECT Id FROM Desk_Link__c WHERE Record_Id__c = '${contactId}'`)).totalSize;
const customer = () => world.desk.state.tables.customers.find(({ external_id }) => external_id === contactId);
const show = (component: string, token = agent, recordId = contactId) =>
  stage.show({ token, component, recordId });
const status = ({ page }: Shown) => page.locator('.status').innerText();

test('an agent sees that a contact is in step, with a link to the customer in Desk', async () => {
  const one = await show('deskSyncStatus');
  await one.says('In step');
  const link = one.page.getByRole('link', { name: String(customer()?.id) });
  assert.match(
    (await link.getAttribute('href')) ?? '',
    new RegExp(`^${world.desk.url}/.*${customer()?.id}$`),
  );
});

test('an agent presses Sync Now, and the bridge answers on the page, which heard of it by an event', async () => {
  const one = await show('deskSyncStatus');
  const heard = one.page.waitForResponse(
    async (response) => response.url().includes('/cometd/') && (await response.text()).includes('Answered'),
  );
  await one.button('Sync Now').click();
  await one.says('The sync is done.');
  await heard;
  assert.equal(await status(one), 'In step');
});

test('an edit in Desk shows up on the page of the contact', async () => {
  await world.agent('PATCH', `customers/${customer()?.id}`, { title: 'Physicist' });
  await waitFor('the title', async () => {
    const found = await world.salesforce.sobject('Contact').retrieve(contactId);
    return found['Title'] === 'Physicist';
  });
  const one = await show('deskSyncStatus');
  await one.says('Physicist');
  await one.says('Desk to Salesforce');
});

test('an agent unlinks, and nothing crosses any more; after Relink it does', async () => {
  const one = await show('deskSyncStatus');
  await one.button('Unlink').click();
  await one.says('Unlink this record?');
  await one.button('Unlink').last().click();
  await one.says('The records are unlinked.');
  assert.equal(await status(one), 'Unlinked');
  await world.salesforce
    .sobject('Contact')
    .update({ Id: contactId, Department: 'Research', Title: 'Chemist' });
  await one.button('Relink').click();
  await one.says('The records are linked again.');
  assert.equal(await status(one), 'In step');
  await waitFor('the title in Desk', () => customer()?.title === 'Chemist');
});

test('a contact whose customer belongs to another one says so on its page, and in its history', async () => {
  const { id = '' } = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Twin', Email: 'marie@radium.test' });
  await waitFor('the log', async () => {
    const { totalSize } = await world.salesforce.query(
      `SELECT Id FROM Desk_Log__c WHERE Record_Id__c = '${id}'`,
    );
    return totalSize > 0;
  });
  const one = await show('deskSyncStatus', agent, id);
  await one.says('It could not be brought to Desk yet');
  await one.says(DUPLICATE);
  assert.equal(await status(one), 'Failing');
  const history = await show('deskSyncHistory', agent, id);
  await history.page.getByRole('list', { name: 'Log' }).getByRole('listitem').first().waitFor();
  await history.assertFitForAll();
});

test('an administrator sees the failure in the health of the bridge, has it refreshed, and the mappings in force', async () => {
  const one = await stage.show({ token: admin, component: 'deskSyncHealth' });
  await one.says('Working');
  await one.button('Refresh').click();
  await one.says('The bridge has told how it is doing.');
  await one.says('Failing, by cause');
  await one.says(DUPLICATE);
  assert.match(await one.text(), /Customer\s+\d+/);
  await one
    .button(/^Retry all: /)
    .first()
    .click();
  await one.says('The bridge tries them again.');
  await one.assertFitForAll();
  const mappings = await stage.show({ token: admin, component: 'deskMappings' });
  await mappings.says('Both ways');
  assert.match(await mappings.text(), /Subject\s+subject\s+Both ways/);
});

test('what the bridge logged stands in the system log', async () => {
  const one = await stage.show({ token: admin, component: 'deskSystemLog' });
  await one.page.getByRole('list', { name: 'Log' }).getByRole('listitem').first().waitFor();
});
