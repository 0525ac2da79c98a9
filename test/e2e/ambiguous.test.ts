import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let bridge: BridgeProcess;

before(async () => {
  world = await createWorld();
});
after(() => world.close());

const customer = (lastName: string) =>
  world.desk.state.tables.customers.find(({ last_name }) => last_name === lastName);
const companyOf = (lastName: string) => customer(lastName)?.company_id ?? null;

async function lastError(recordId: string | undefined): Promise<string | null> {
  const { records } = await world.salesforce.query<{ Last_Error__c: string | null }>(
    `SELECT Last_Error__c FROM Desk_Link__c WHERE Record_Id__c = '${recordId}'`,
  );
  return records[0]?.Last_Error__c ?? null;
}

test('two accounts of a name that one company has: neither is guessed, and their contacts and cases are synced all the same', async () => {
  await world.agent('POST', 'companies', { name: 'Double' });
  const accounts = [];
  for (const name of ['Double', 'double'])
    accounts.push((await world.salesforce.sobject('Account').create({ Name: name })).id ?? '');
  bridge = await world.startBridge();
  await waitFor('all three to be parked', async () => (await bridge.status()).pairs['failing'] === 3);
  const contact = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Ada', Email: 'ada@double.test', AccountId: accounts[0] });
  await world.salesforce
    .sobject('Case')
    .create({ Subject: 'Of Ada', ContactId: contact.id, Status: 'Open', AccountId: accounts[0] });
  await waitFor('the contact and the case in Desk', () =>
    world.desk.state.tables.cases.some(({ subject }) => subject === 'Of Ada'),
  );
  assert.equal(companyOf('Ada'), null);
  await waitFor('the link to say what is missing', async () =>
    /Not carried yet: company/.test((await lastError(contact.id)) ?? ''),
  );
});

test('once somebody has renamed one of the two, the other is linked, and its contact gets the company at the next change', async () => {
  const { records } = await world.salesforce.query<{ Id: string }>(
    "SELECT Id FROM Account WHERE Name = 'double' ORDER BY CreatedDate, Id",
  );
  await world.salesforce.sobject('Account').update({ Id: records[1]?.Id ?? '', Name: 'Single' });
  await world.salesforce.sobject('Account').update({ Id: records[0]?.Id ?? '', Phone: '1' });
  await waitFor('the link of the account', async () => {
    const { totalSize } = await world.salesforce.query(
      `SELECT Id FROM Desk_Link__c WHERE Record_Id__c = '${records[0]?.Id}'`,
    );
    return totalSize === 1;
  });
  const [contact] = (
    await world.salesforce.query<{ Id: string }>("SELECT Id FROM Contact WHERE LastName = 'Ada'")
  ).records;
  await world.salesforce.sobject('Contact').update({ Id: contact?.Id ?? '', Title: 'Countess' });
  await waitFor('the company of the customer', () => companyOf('Ada') !== null);
  await waitFor('the link to be quiet again', async () => (await lastError(contact?.Id)) === null);
});
