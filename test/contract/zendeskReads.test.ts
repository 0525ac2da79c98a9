import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import { callZendesk } from '../support/callZendesk.ts';
import { made, readOne, startZendeskAdapter, work } from '../support/zendeskAdapter.ts';

const { local, desk, customer, ticket } = await startZendeskAdapter();
after(() => local.close());

test('internal comments are notes, public ones messages, and the first one is the first message', async () => {
  const ada = await customer({ lastName: 'Talker', emails: work('talker@mail.test') });
  const talked = await ticket({ subject: 'Talk', description: 'Hello', customerId: ada.id });
  const note = await desk.addNote(talked.id, 'Between us: a < b & c');
  const reply = { id: 'x', subject: null, from: null, to: null, at: null };
  const outgoing = await desk.addReply(talked.id, { ...reply, direction: 'out', body: 'Try this' });
  const incoming = await desk.addReply(talked.id, { ...reply, direction: 'in', body: 'It works' });
  const record = await readOne(desk, 'case', talked.id);
  assert.ok(record?.pair === 'case' && talked.pair === 'case');
  assert.equal(record.conversation, desk.conversationAfter(talked.conversation, { notes: 1, replies: 2 }));
  const talk = await desk.conversation(record, { message: true });
  assert.deepEqual(talk?.notes, [{ id: note.outcome === 'done' && note.id, body: 'Between us: a < b & c' }]);
  assert.deepEqual(
    talk?.messages.map(({ id, direction, body, from, to }) => [id, direction, body, from, to]),
    [
      [`message-${talked.id}`, 'in', 'Hello', 'talker@mail.test', null],
      [
        outgoing.outcome === 'done' && outgoing.id,
        'out',
        'Try this',
        'admin@zendesk.test',
        'talker@mail.test',
      ],
      [incoming.outcome === 'done' && incoming.id, 'in', 'It works', 'talker@mail.test', null],
    ],
  );
  const silent = await ticket({ subject: 'Silent', customerId: ada.id });
  const before_ = local.calls.length;
  assert.ok(silent.pair === 'case' && desk.isSilent(silent.conversation));
  assert.deepEqual(await desk.conversation(silent, { message: false }), { notes: [], messages: [] });
  assert.equal(local.calls.length, before_);
});

test('a ticket that is read with its first message needs no other request for it', async () => {
  const ada = await customer({ lastName: 'First', emails: work('first-message@mail.test') });
  const { id } = await ticket({ subject: 'First', description: 'I begin', customerId: ada.id });
  const record = (
    await desk.read(
      'case',
      [id],
      () => true,
      () => true,
    )
  ).get(id);
  assert.ok(record?.pair === 'case');
  const { firstMessage, ...without } = record;
  const asked = await desk.conversation(without, { message: true });
  assert.deepEqual(asked?.messages, [firstMessage]);
});

test('records are found by external id, by name and by domain', async () => {
  const company = await made(desk, 'company', {
    name: 'Find Me',
    externalId: '001FIND',
    domains: ['find.test'],
  });
  const ids = async (query: Parameters<HelpDesk['find']>[0]) => (await desk.find(query)).map(({ id }) => id);
  assert.deepEqual(await ids({ pair: 'company', by: 'externalId', value: '001FIND' }), [company.id]);
  assert.deepEqual(await ids({ pair: 'company', by: 'name', value: 'FIND me' }), [company.id]);
  assert.deepEqual(await ids({ pair: 'company', by: 'name', value: 'Find' }), []);
  assert.deepEqual(await ids({ pair: 'company', by: 'domain', value: 'find.test' }), [company.id]);
  const user = await customer({ lastName: 'Findable', externalId: '003FIND', emails: work('me@find.test') });
  assert.deepEqual(await ids({ pair: 'customer', by: 'externalId', value: '003FIND' }), [user.id]);
  assert.deepEqual(await ids({ pair: 'customer', by: 'email', value: 'ME@find.test' }), [user.id]);
  assert.deepEqual(await ids({ pair: 'customer', by: 'email', value: 'e@find.test' }), []);
});

test('custom fields of each kind are told by type, and several options go as a list', async () => {
  const { body } = await callZendesk(local, 'POST', 'ticket_fields', {
    ticket_field: {
      type: 'multiselect',
      title: 'Colours',
      custom_field_options: ['red', 'green'].map((value) => ({ name: value.toUpperCase(), value })),
    },
  });
  const key = String((body['ticket_field'] as { id: number }).id);
  assert.deepEqual(await desk.fields('case'), [
    { key, label: 'Colours', type: 'multi', active: true, choices: ['red', 'green'] },
  ]);
  const { id: customerId } = await customer({ lastName: 'Painter' });
  const talked = await ticket({ subject: 'Paint', customerId, customFields: { [key]: 'red;green' } });
  assert.equal(talked.customFields[key], 'red;green');
});
