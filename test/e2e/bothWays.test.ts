import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

type Made = { id: number };
let world: World;

before(async () => {
  world = await createWorld();
  await world.startBridge();
});
after(() => world.close());

async function newDeskCase(
  fields: object = {},
  email = 'ada@byron.test',
): Promise<{ customer: number; case: number }> {
  const company = await world.agent<Made>('POST', 'companies', { name: `Company of ${email}` });
  const customer = await world.agent<Made>('POST', 'customers', {
    first_name: 'Ada',
    last_name: 'Byron',
    emails: [{ type: 'work', value: email }],
    phone_numbers: [{ type: 'mobile', value: '555 01' }],
    _links: { company: { href: `/api/v2/companies/${company.id}`, class: 'company' } },
  });
  const made = await world.agent<Made>('POST', 'cases', {
    type: 'email',
    subject: `Help ${email}`,
    status: 'open',
    priority: 9,
    message: { direction: 'in', status: 'received', subject: 'Help', body: 'It burns.' },
    _links: { customer: { href: `/api/v2/customers/${customer.id}`, class: 'customer' } },
    ...fields,
  });
  return { customer: customer.id, case: made.id };
}

type SalesforceCase = {
  Id: string;
  Status: string;
  Priority: string;
  Account: { Name: string } | null;
  Contact: { Email: string; MobilePhone: string; Account: { Name: string } } | null;
};
const caseBySubject = async (subject: string) => {
  const { records } = await world.salesforce.query<SalesforceCase>(
    `SELECT Id, Status, Priority, Contact.Email, Contact.MobilePhone, Contact.Account.Name, Account.Name FROM Case WHERE Subject = '${subject}'`,
  );
  assert.ok(records.length < 2, 'a case was made twice');
  return records[0];
};

test('a new case of a new customer in Desk arrives with contact, account, status and priority, and is linked', async () => {
  const made = await newDeskCase();
  const arrived = await waitFor('the case in Salesforce', () => caseBySubject('Help ada@byron.test'));
  assert.deepEqual([arrived.Status, arrived.Priority], ['Open', 'High']);
  assert.equal(arrived.Contact?.Email, 'ada@byron.test');
  assert.equal(arrived.Contact?.MobilePhone, '555 01');
  assert.equal(arrived.Contact?.Account.Name, 'Company of ada@byron.test');
  assert.equal(arrived.Account?.Name, 'Company of ada@byron.test');
  const links = await world.salesforce.query<{ Case__c: string; Status__c: string }>(
    `SELECT Case__c, Status__c FROM Desk_Link__c WHERE Desk_Key__c = 'case:${made.case}'`,
  );
  assert.deepEqual(
    links.records.map((row) => [row.Case__c, row.Status__c]),
    [[arrived.Id, 'In Step']],
  );
});

test('a change in Salesforce arrives in Desk, and a change in Desk in Salesforce', async () => {
  const made = await newDeskCase({}, 'grace@hopper.test');
  const { Id } = await waitFor('the case in Salesforce', () => caseBySubject('Help grace@hopper.test'));
  await world.salesforce.sobject('Case').update({ Id, Status: 'Pending', Priority: 'Low' });
  await waitFor('the change in Desk', async () => {
    const shown = await world.agent<{ status: string; priority: number }>('GET', `cases/${made.case}`);
    return shown.status === 'pending' && shown.priority === 2;
  });
  await world.agent('PATCH', `cases/${made.case}`, { status: 'resolved' });
  await waitFor(
    'the change in Salesforce',
    async () => (await caseBySubject('Help grace@hopper.test'))?.Status === 'Resolved',
  );
});

test("a new contact in Salesforce becomes a customer of the account's company in Desk", async () => {
  const account = await world.salesforce.sobject('Account').create({ Name: 'Analytical Engines' });
  const contact = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Babbage', Email: 'charles@engines.test', AccountId: account.id, Phone: '555 02' });
  const customer = await waitFor('the customer in Desk', () =>
    world.desk.state.tables.customers.find((one) => one.external_id === contact.id),
  );
  assert.deepEqual(
    [customer.last_name, customer.emails, customer.phone_numbers],
    ['Babbage', [{ type: 'work', value: 'charles@engines.test' }], [{ type: 'work', value: '555 02' }]],
  );
  assert.equal(
    world.desk.state.tables.companies.find((one) => one.id === customer.company_id)?.name,
    'Analytical Engines',
  );
  const created = await world.salesforce
    .sobject('Case')
    .create({ Subject: 'From Salesforce', ContactId: contact.id, Status: 'New' });
  const arrived = await waitFor('the case in Desk', () =>
    world.desk.state.tables.cases.find((one) => one.external_id === created.id),
  );
  assert.deepEqual(
    [arrived.subject, arrived.status, arrived.customer_id],
    ['From Salesforce', 'new', customer.id],
  );
});

test('a customer whose e-mail is that of a contact is linked to it, not made again', async () => {
  const contact = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Lamarr', Email: 'hedy@film.test', Title: 'Inventor' });
  const first = await waitFor('the customer in Desk', () =>
    world.desk.state.tables.customers.find((one) => one.external_id === contact.id),
  );
  assert.equal(first.title, 'Inventor');
  await newDeskCase({}, 'elsewhere@film.test');
  await waitFor('the case in Salesforce', () => caseBySubject('Help elsewhere@film.test'));
  const { totalSize } = await world.salesforce.query("SELECT Id FROM Contact WHERE Email = 'hedy@film.test'");
  assert.equal(totalSize, 1);
});

test('both sides changing the same field come to rest with the value of Salesforce', async () => {
  const made = await newDeskCase({}, 'conflict@both.test');
  const { Id } = await waitFor('the case in Salesforce', () => caseBySubject('Help conflict@both.test'));
  await Promise.all([
    world.salesforce.sobject('Case').update({ Id, Priority: 'Low' }),
    world.agent('PATCH', `cases/${made.case}`, { priority: 6 }),
  ]);
  await waitFor('both sides to be equal', async () => {
    const inDesk = await world.agent<{ priority: number }>('GET', `cases/${made.case}`);
    const inSalesforce = await caseBySubject('Help conflict@both.test');
    const band = inDesk.priority >= 7 ? 'High' : inDesk.priority >= 4 ? 'Medium' : 'Low';
    return inSalesforce?.Priority === band;
  });
});

test('a change that an agent makes while the bridge writes another field is not lost', async () => {
  const made = await newDeskCase({}, 'race@both.test');
  const { Id } = await waitFor('the case in Salesforce', () => caseBySubject('Help race@both.test'));
  let agentsChange: Promise<unknown> | undefined;
  world.desk.faults.add({
    match: { method: 'PATCH', path: new RegExp(`cases/${made.case}$`), body: /pending/ },
    action: 'delay',
    ms: 300,
    onStrike: () => {
      agentsChange = world.agent('PATCH', `cases/${made.case}`, { priority: 1 });
    },
  });
  await world.salesforce.sobject('Case').update({ Id, Status: 'Pending' });
  await waitFor('the write of the bridge', () => agentsChange);
  await agentsChange;
  await waitFor('both changes on both sides', async () => {
    const inDesk = await world.agent<{ status: string; priority: number }>('GET', `cases/${made.case}`);
    const inSalesforce = await caseBySubject('Help race@both.test');
    return (
      inDesk.status === 'pending' &&
      inDesk.priority === 1 &&
      inSalesforce?.Status === 'Pending' &&
      inSalesforce.Priority === 'Low'
    );
  });
});

test('a record deleted in Salesforce ends the sync of its pair, and Desk keeps its own', async () => {
  const made = await newDeskCase({}, 'deleted@case.test');
  const { Id } = await waitFor('the case in Salesforce', () => caseBySubject('Help deleted@case.test'));
  await world.salesforce.sobject('Case').destroy(Id);
  await waitFor('the link to say so', async () => {
    const { records } = await world.salesforce.query<{ Status__c: string }>(
      `SELECT Status__c FROM Desk_Link__c WHERE Desk_Key__c = 'case:${made.case}'`,
    );
    return records[0]?.Status__c === 'Unlinked';
  });
  assert.equal((await world.agent<{ status: string }>('GET', `cases/${made.case}`)).status, 'open');
});

test('invariant 9: nobody is e-mailed by a sync, and Desk never has to refuse a request for its limit', () => {
  assert.deepEqual(world.desk.state.emailsSent, []);
  assert.equal(world.desk.rateLimit.refused, 0);
});
