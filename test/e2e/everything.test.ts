import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { differences } from '../support/oracle.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

const MANY = 150;
let world: World;

before(async () => {
  world = await createWorld();
  const company = await world.agent<{ id: number }>('POST', 'companies', { name: 'Known on both sides' });
  const customerOf = (last_name: string, email: string) =>
    world.agent<{ id: number }>('POST', 'customers', {
      last_name,
      emails: [{ type: 'work', value: email }],
      _links: { company: { href: `/api/v2/companies/${company.id}`, class: 'company' } },
    });
  const known = await customerOf('Known', 'Known@both.test');
  await customerOf('Only in Desk', 'desk@only.test');
  await world.agent('POST', 'cases', {
    type: 'phone',
    subject: 'An old case',
    status: 'resolved',
    priority: 2,
    message: { direction: 'in', status: 'received', subject: 'S', body: 'B' },
    _links: { customer: { href: `/api/v2/customers/${known.id}`, class: 'customer' } },
  });
  for (let n = 0; n < MANY; n += 1) await customerOf(`Customer ${n}`, `c${n}@many.test`);
  const account = await world.salesforce.sobject('Account').create({ Name: 'known on both sides' });
  await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Known', Email: 'known@both.test', AccountId: account.id, Title: 'Chief' });
  await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Only in Salesforce', Email: 'salesforce@only.test' });
});
after(() => world.close());

/** The links of pairs; the messages of their cases have links of their own. */
const PAIR_LINKS = "SELECT Id FROM Desk_Link__c WHERE Pair__c IN ('company','customer','case')";
const count = async (soql: string) => (await world.salesforce.query(soql)).totalSize;

test('all that exists is brought in step; what matches is linked, and nothing is made twice', async () => {
  const bridge = await world.startBridge({ DESKCONNECT_START: 'everything' });
  await waitFor(
    () => `both systems to be equal:\n${differences(world).slice(0, 10).join('\n')}`,
    () => differences(world).length === 0,
  );
  assert.equal(await count("SELECT Id FROM Account WHERE Name = 'Known on both sides'"), 1);
  assert.equal(await count("SELECT Id FROM Contact WHERE Email = 'known@both.test'"), 1);
  assert.equal(await count('SELECT Id FROM Contact'), MANY + 3);
  assert.equal(await count(PAIR_LINKS), MANY + 5);
  const known = world.desk.state.tables.customers.find((one) => one.last_name === 'Known');
  assert.equal(known?.title, 'Chief', "an empty value takes the other side's");
  assert.equal(await bridge.stop(), 0);
});

test('a store that is lost is rebuilt from the links in Salesforce', async () => {
  const bridge = await world.startBridge({
    DESKCONNECT_START: 'everything',
    DESKCONNECT_DATA: `${world.dataFolder}-new`,
  });
  await waitFor(
    'all pairs to be known again',
    async () => (await bridge.status()).pairs['inStep'] === MANY + 5,
  );
  assert.deepEqual(differences(world), []);
  assert.equal(await count(PAIR_LINKS), MANY + 5);
  assert.equal(await bridge.stop(), 0);
});
