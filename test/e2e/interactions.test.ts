import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

type Email = {
  Id: string;
  ParentId: string;
  Incoming: boolean;
  Status: string;
  FromAddress: string | null;
  ToAddress: string | null;
  Subject: string | null;
  TextBody: string;
};

let world: World;
let bridge: BridgeProcess;
let customer: { id: number };
let mail: { id: number };
let settlings = 0;

before(async () => {
  world = await createWorld();
  // The sweep comes too late for a test: what crosses from Salesforce was signalled by our flows.
  bridge = await world.startBridge({ DESKCONNECT_SWEEP_SECONDS: '3600' });
  customer = await world.agent('POST', 'customers', {
    last_name: 'Lovelace',
    emails: [{ type: 'work', value: 'ada@engine.test' }],
  });
  mail = await newCase('email', 'Numbers', 'Bernoulli?');
  await waitFor('the first message', async () => (await emails()).length === 1);
});
after(() => world.close());

const newCase = (type: string, subject: string, body: string) =>
  world.agent<{ id: number }>('POST', 'cases', {
    type,
    subject,
    status: 'open',
    message: {
      direction: 'in',
      status: 'received',
      from: '"Ada Lovelace" <ada@engine.test>',
      to: 'support@desk.test, "Charles" <charles@desk.test>',
      subject,
      body,
    },
    _links: { customer: { href: `/api/v2/customers/${customer.id}`, class: 'customer' } },
  });
const inDesk = ({ id }: { id: number }) => {
  const found = world.desk.state.tables.cases.find((one) => one.id === id);
  assert.ok(found);
  return found;
};
async function emails(): Promise<Email[]> {
  const { records } = await world.salesforce.query<Email>(
    'SELECT Id, ParentId, Incoming, Status, FromAddress, ToAddress, Subject, TextBody FROM EmailMessage ORDER BY CreatedDate, Id',
  );
  return records;
}
async function caseIdOf(subject: string): Promise<string> {
  const { records } = await world.salesforce.query<{ Id: string }>(
    `SELECT Id FROM Case WHERE Subject = '${subject}'`,
  );
  return records[0]?.Id ?? '';
}
/** Something that goes through after everything before it: what was to be seen by then, was seen. */
async function settled(): Promise<void> {
  settlings += 1;
  const body = `Settled ${settlings}`;
  const before_ = (await emails()).length;
  const ParentId = await caseIdOf('Numbers');
  await world.salesforce.sobject('EmailMessage').create({ ParentId, Status: '3', TextBody: body });
  await waitFor('a later e-mail', () => inDesk(mail).replies.some((reply) => reply.body === body));
  await world.agent('POST', `cases/${mail.id}/replies`, {
    direction: 'in',
    status: 'received',
    body: `${body} too`,
  });
  await waitFor('a later reply', async () => (await emails()).length === before_ + 2);
}

test('the message and the replies of an e-mail case become its e-mails, each once', async () => {
  await world.agent('POST', `cases/${mail.id}/replies`, {
    status: 'sent',
    body: 'By a loop.',
    to: 'ada@engine.test',
  });
  await waitFor('the reply', async () => (await emails()).length === 2);
  const caseId = await caseIdOf('Numbers');
  const [first, reply] = (await emails()).map(({ Id: _id, ...fields }) => ({
    ...fields,
    attributes: undefined,
  }));
  assert.deepEqual(first, {
    attributes: undefined,
    ParentId: caseId,
    Incoming: true,
    Status: '0',
    FromAddress: 'ada@engine.test',
    ToAddress: 'support@desk.test; charles@desk.test',
    Subject: 'Numbers',
    TextBody: 'Bernoulli?',
  });
  assert.deepEqual([reply?.Incoming, reply?.Status, reply?.TextBody], [false, '3', 'By a loop.']);
  await settled();
  assert.equal((await emails()).filter(({ TextBody }) => /Bernoulli|loop/.test(TextBody)).length, 2);
});

test('on another channel a message becomes a completed task of the case and its contact', async () => {
  await newCase('phone', 'A call', 'She rang.');
  const task = await waitFor('the task', async () => {
    const { records } = await world.salesforce.query<Record<string, string>>(
      'SELECT WhatId, WhoId, Status, Subject, Description FROM Task',
    );
    return records[0];
  });
  const { records } = await world.salesforce.query<{ Id: string }>('SELECT Id FROM Contact');
  assert.deepEqual(
    [task['WhatId'], task['WhoId'], task['Status'], task['Subject'], task['Description']],
    [await caseIdOf('A call'), records[0]?.Id, 'Completed', 'A call', 'She rang.'],
  );
});

test('an e-mail of Salesforce is stored in Desk as one that happened, and a draft is not', async () => {
  const ParentId = await caseIdOf('Numbers');
  const create = (fields: object) => world.salesforce.sobject('EmailMessage').create({ ParentId, ...fields });
  await create({ Status: '3', ToAddress: 'ada@engine.test', Subject: 'Note G', TextBody: 'See the table.' });
  await create({ Status: '0', Incoming: true, FromAddress: 'ada@engine.test', TextBody: 'I see.' });
  await create({ Status: '5', TextBody: 'Not yet' });
  await settled();
  const replies = inDesk(mail).replies.map(({ direction, status, body }) => [direction, status, body]);
  assert.deepEqual(
    replies.filter(([, , body]) => /table|I see|yet/.test(String(body))),
    [
      ['out', 'sent', 'See the table.'],
      ['in', 'received', 'I see.'],
    ],
  );
});

test('an e-mail of Salesforce on a case of another channel becomes a note, not a message there', async () => {
  const ParentId = await caseIdOf('A call');
  await world.salesforce.sobject('EmailMessage').create({
    ParentId,
    Status: '3',
    ToAddress: 'ada@engine.test',
    Subject: 'Your call',
    TextBody: 'Thanks.',
  });
  const call = world.desk.state.tables.cases.find((one) => one.subject === 'A call');
  await waitFor('the note', () =>
    call?.notes.some((note) => note.body === 'E-mail to ada@engine.test: Your call\n\nThanks.'),
  );
  assert.deepEqual(call?.replies, []);
});

test('a reply whose answer is lost is not made twice', async () => {
  let struck = false;
  world.desk.faults.add({
    match: { method: 'POST', path: /replies$/, body: /Only once/ },
    action: 'dropAfter',
    onStrike: () => {
      struck = true;
    },
  });
  const ParentId = await caseIdOf('Numbers');
  await world.salesforce.sobject('EmailMessage').create({ ParentId, Status: '3', TextBody: 'Only once.' });
  await waitFor('the lost answer', () => struck);
  await settled();
  assert.equal(inDesk(mail).replies.filter(({ body }) => body === 'Only once.').length, 1);
  assert.equal((await emails()).filter(({ TextBody }) => TextBody === 'Only once.').length, 1);
});

test('a draft of an agent crosses once it is sent', async () => {
  await world.agent('POST', `cases/${mail.id}/replies`, { status: 'draft', body: 'Perhaps.' });
  await settled();
  assert.ok(!(await emails()).some(({ TextBody }) => TextBody === 'Perhaps.'));
  const deskCase = inDesk(mail);
  const draft = deskCase.replies.find(({ body }) => body === 'Perhaps.');
  assert.ok(draft);
  draft.status = 'sent';
  world.desk.state.change(deskCase, { updated_at: '' });
  await waitFor('the sent draft', async () =>
    (await emails()).some(({ TextBody }) => TextBody === 'Perhaps.'),
  );
});

test('a message longer than an e-mail of Salesforce is cut, and the log says so', async () => {
  await newCase('email', 'Long', 'long '.repeat(8_000));
  await waitFor('the e-mail', async () => (await emails()).some(({ Subject }) => Subject === 'Long'));
  await waitFor('the log', async () => {
    const answer = await fetch(`http://127.0.0.1:${bridge.port}/log`);
    return /messages cut at 32000 characters/.test(await answer.text());
  });
});

test('the first message of a case that came from Salesforce is not sent back', async () => {
  const { records } = await world.salesforce.query<{ Id: string }>('SELECT Id FROM Contact');
  await world.salesforce.sobject('Case').create({
    Subject: 'From Salesforce',
    Description: 'Engine stopped',
    ContactId: records[0]?.Id,
    Status: 'Open',
  });
  await waitFor('the case in Desk', () =>
    world.desk.state.tables.cases.find((one) => one.subject === 'From Salesforce'),
  );
  await settled();
  assert.ok(!(await emails()).some(({ Subject }) => Subject === 'From Salesforce'));
});

test('a task that is done for a case becomes an internal note, once, and one that is not done does not', async () => {
  const task = (fields: object) => world.salesforce.sobject('Task').create(fields);
  const about = (await emails())[0]?.ParentId;
  const open = await task({ WhatId: about, Subject: 'Call Ada', Description: 'She asked.' });
  await task({ WhatId: about, Subject: 'Mailed', Status: 'Completed', TaskSubtype: 'Email' });
  await task({ WhatId: about, Subject: 'Looked it up', Status: 'Completed' });
  const activities = () =>
    inDesk(mail)
      .notes.map(({ body }) => body)
      .filter((body) => body.startsWith('Activity'));
  await waitFor('the note', () => activities().length === 1);
  assert.deepEqual(activities(), ['Activity: Looked it up']);
  await world.salesforce.sobject('Task').update({ Id: open.id ?? '', Status: 'Completed' });
  await waitFor('the second note', () => activities().length === 2);
  assert.equal(activities()[1], 'Activity: Call Ada\n\nShe asked.');
  const comments = await world.salesforce.query(`SELECT Id FROM CaseComment WHERE ParentId = '${about}'`);
  assert.equal(comments.totalSize, 0, 'a note that came from Salesforce does not go back');
});

test('nobody was e-mailed by any of it', () => {
  assert.deepEqual(world.desk.state.emailsSent, []);
});
