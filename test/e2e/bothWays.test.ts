import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { waitFor } from '../support/waitFor.ts';
import { createAnyWorld, type AnyWorld } from '../support/world.ts';

let world: AnyWorld;

before(async () => {
  world = await createAnyWorld();
  await world.startBridge();
});
after(() => world.close());

async function newDeskCase(email = 'ada@byron.test'): Promise<{ customer: string; case: string }> {
  const { people, words } = world.side;
  const companyId = await people.company(`Company of ${email}`);
  const customer = await people.customer({
    firstName: 'Ada',
    lastName: 'Byron',
    email,
    phone: '555 01',
    companyId,
  });
  const subject = `Help ${email}`;
  const made = { subject, status: 'open', priority: words.high, message: 'It burns.', customerId: customer };
  return { customer, case: await people.case(made) };
}
const inDesk = (id: string) => world.side.held.cases().find((one) => one.id === id) ?? assert.fail();
const customerOf = (contactId: string | undefined) =>
  world.side.held.customers().find((one) => one.externalId === contactId);
/** Its status and priority, in Salesforce's words. */
const wordsOf = (id: string) => {
  const { status, priority } = inDesk(id);
  const { words } = world.side;
  return [words.statusInSalesforce(status), words.priorityInSalesforce(priority)];
};

type SalesforceCase = {
  Id: string;
  Status: string;
  Priority: string;
  Account: { Name: string } | null;
  Contact: {
    Email: string;
    Phone: string | null;
    MobilePhone: string | null;
    Account: { Name: string };
  } | null;
};
const caseBySubject = async (subject: string) => {
  const { records } = await world.salesforce.query<SalesforceCase>(
    `SELECT Id, Status, Priority, Contact.Email, Contact.Phone, Contact.MobilePhone, Contact.Account.Name, Account.Name FROM Case WHERE Subject = '${subject}'`,
  );
  assert.ok(records.length < 2, 'a case was made twice');
  return records[0];
};

test('a new case of a new customer in Desk arrives with contact, account, status and priority, and is linked', async () => {
  const made = await newDeskCase();
  const arrived = await waitFor('the case in Salesforce', () => caseBySubject('Help ada@byron.test'));
  assert.deepEqual([arrived.Status, arrived.Priority], ['Open', 'High']);
  assert.equal(arrived.Contact?.Email, 'ada@byron.test');
  assert.equal(arrived.Contact?.[world.side.words.phoneField], '555 01');
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
  const made = await newDeskCase('grace@hopper.test');
  const { Id } = await waitFor('the case in Salesforce', () => caseBySubject('Help grace@hopper.test'));
  await world.salesforce.sobject('Case').update({ Id, Status: 'Pending', Priority: 'Low' });
  await waitFor('the change in Desk', () => wordsOf(made.case).join() === 'Pending,Low');
  await world.side.people.changeCase(made.case, { status: world.side.words.resolved });
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
  const customer = await waitFor('the customer in Desk', () => customerOf(contact.id));
  const { lastName, email, phone, companyId } = customer;
  assert.deepEqual([lastName, email, phone], ['Babbage', 'charles@engines.test', '555 02']);
  const company = world.side.held.companies().find((one) => one.id === companyId);
  assert.equal(company?.name, 'Analytical Engines');
  const created = await world.salesforce
    .sobject('Case')
    .create({ Subject: 'From Salesforce', ContactId: contact.id, Status: 'New' });
  const arrived = await waitFor('the case in Desk', () =>
    world.side.held.cases().find((one) => one.externalId === created.id),
  );
  assert.deepEqual(
    [arrived.subject, arrived.status, arrived.customerId],
    ['From Salesforce', 'new', customer.id],
  );
});

test('a customer whose e-mail is that of a contact is linked to it, not made again', async () => {
  const contact = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Lamarr', Email: 'hedy@film.test', Description: 'Inventor' });
  const first = await waitFor('the customer in Desk', () => customerOf(contact.id));
  assert.equal(first.text, 'Inventor');
  await newDeskCase('elsewhere@film.test');
  await waitFor('the case in Salesforce', () => caseBySubject('Help elsewhere@film.test'));
  const { totalSize } = await world.salesforce.query("SELECT Id FROM Contact WHERE Email = 'hedy@film.test'");
  assert.equal(totalSize, 1);
});

test('both sides changing the same field come to rest with the value of Salesforce', async () => {
  const made = await newDeskCase('conflict@both.test');
  const { Id } = await waitFor('the case in Salesforce', () => caseBySubject('Help conflict@both.test'));
  await Promise.all([
    world.salesforce.sobject('Case').update({ Id, Priority: 'Low' }),
    world.side.people.changeCase(made.case, { priority: world.side.words.medium }),
  ]);
  await waitFor('both sides to be equal', async () => {
    const inSalesforce = await caseBySubject('Help conflict@both.test');
    return inSalesforce?.Priority === wordsOf(made.case)[1];
  });
});

test('a change that an agent makes while the bridge writes another field is not lost', async () => {
  const made = await newDeskCase('race@both.test');
  const { Id } = await waitFor('the case in Salesforce', () => caseBySubject('Help race@both.test'));
  let agentsChange: Promise<unknown> | undefined;
  world.side.faults.add({
    match: { ...world.side.requests.changeOf(made.case), body: /pending/ },
    action: 'delay',
    ms: 300,
    onStrike: () => {
      agentsChange = world.side.people.changeCase(made.case, { priority: world.side.words.low });
    },
  });
  await world.salesforce.sobject('Case').update({ Id, Status: 'Pending' });
  await waitFor('the write of the bridge', () => agentsChange !== undefined);
  await agentsChange;
  await waitFor('both changes on both sides', async () => {
    const inSalesforce = await caseBySubject('Help race@both.test');
    return (
      inDesk(made.case).status === 'pending' &&
      inDesk(made.case).priority === world.side.words.low &&
      inSalesforce?.Status === 'Pending' &&
      inSalesforce.Priority === 'Low'
    );
  });
});

test('a record deleted in Salesforce ends the sync of its pair, and Desk keeps its own', async () => {
  const made = await newDeskCase('deleted@case.test');
  const { Id } = await waitFor('the case in Salesforce', () => caseBySubject('Help deleted@case.test'));
  await world.salesforce.sobject('Case').destroy(Id);
  await waitFor('the link to say so', async () => {
    const { records } = await world.salesforce.query<{ Status__c: string }>(
      `SELECT Status__c FROM Desk_Link__c WHERE Desk_Key__c = 'case:${made.case}'`,
    );
    return records[0]?.Status__c === 'Unlinked';
  });
  assert.equal(inDesk(made.case).status, 'open');
});

test('invariant 9: nobody is e-mailed by a sync, and Desk never has to refuse a request for its limit', () => {
  assert.deepEqual(world.side.emailed(), []);
  assert.equal(world.side.refused(), 0);
});
