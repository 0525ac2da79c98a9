import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { callZendesk, type ZendeskCall, type ZendeskRecord } from '../support/callZendesk.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

let zendesk: LocalZendesk;
let requester: ZendeskRecord;
let agentId: number;
before(async () => {
  zendesk = await startZendesk({ rateLimitPerMinute: 10_000, limits: { ticketUpdatesPerMinute: 10_000 } });
  requester = (await call('POST', 'users', { user: { name: 'Ada', email: 'ada@mail.test' } })).body.user;
  agentId = (await call('GET', 'users/me', undefined, { as: zendesk.agentEmail })).body.user.id;
});
after(() => zendesk.close());

const call = (method: string, path: string, body?: object, options?: ZendeskCall) =>
  callZendesk(zendesk, method, path, body, options);
const comment = { body: 'It burns.', public: false };
const newTicket = async (fields: object = {}) =>
  (await call('POST', 'tickets', { ticket: { subject: 'Help', comment, ...fields } })).body.ticket;
const update = (id: number, ticket: object) => call('PUT', `tickets/${id}`, { ticket });
const soon = async (path: string) => {
  for (;;) {
    const { body } = await call('GET', path);
    const job = body['job_status'] as { status: string; results: Record<string, unknown>[] };
    if (job.status !== 'queued') return job;
  }
};
const jobOf = async (answer: Promise<{ body: Readonly<Record<string, unknown>> }>) => {
  const job = (await answer).body['job_status'] as { id: string; status: string };
  assert.equal(job.status, 'queued');
  return soon(`job_statuses/${job.id}`);
};

test('a ticket begins with a comment, by its requester or whoever submits it, and tells its history', async () => {
  const blank = await call('POST', 'tickets', { ticket: { subject: 'Help' } });
  assert.deepEqual(blank.body.details, {
    base: [{ description: 'Description: cannot be blank', error: 'BlankValue' }],
  });
  const ticket = await newTicket({ requester_id: requester.id });
  assert.deepEqual(
    [ticket['status'], ticket['requester_id'], ticket['description'], ticket['is_public']],
    ['new', requester.id, 'It burns.', false],
  );
  const { comments } = (await call('GET', `tickets/${ticket.id}/comments`)).body;
  assert.deepEqual(
    comments.map((one) => [one['author_id'], one['public'], one['plain_body']]),
    [[requester.id, false, 'It burns.']],
  );
  const submitted = await newTicket({ requester_id: requester.id, submitter_id: agentId });
  const [first] = (await call('GET', `tickets/${submitted.id}/comments`)).body.comments;
  assert.equal(first?.['author_id'], agentId);
  await update(ticket.id, { priority: 'high', comment: { body: 'Told', public: true, author_id: agentId } });
  const { body } = await call('GET', `tickets/${ticket.id}/audits`);
  const [, second] = body['audits'] as { author_id: number; events: Record<string, unknown>[] }[];
  assert.equal(second?.author_id, agentId);
  assert.deepEqual(
    second?.events
      .map(({ type, field_name, previous_value }) => [type, field_name, previous_value])
      .slice(0, 2),
    [
      ['Comment', undefined, undefined],
      ['Change', 'priority', null],
    ],
  );
});

test('a requester who is not known yet is made with the ticket', async () => {
  const ticket = await newTicket({ requester: { name: 'New', email: 'new@mail.test' } });
  const again = await newTicket({ requester: { email: 'NEW@mail.test' } });
  assert.equal(again['requester_id'], ticket['requester_id']);
  const refused = { comment, priority: 'none', requester: { name: 'X', email: 'x@mail.test' } };
  assert.equal((await call('POST', 'tickets', { ticket: refused })).status, 422);
  assert.equal((await call('GET', 'users/search?query=x@mail.test')).body.users.length, 0);
  const unknown = await call('POST', 'tickets', { ticket: { comment, requester_id: 12 } });
  assert.deepEqual(Object.keys(unknown.body.details), ['requester']);
});

test('a status follows its rules: never new again, somebody to solve it, and closed for good', async () => {
  const { id } = await newTicket();
  assert.equal((await update(id, { status: 'pending' })).body.ticket['status'], 'pending');
  assert.deepEqual(Object.keys((await update(id, { status: 'new' })).body.details), ['status']);
  const unsolved = await update(id, { status: 'solved' });
  assert.deepEqual(unsolved.body.details, {
    base: [{ description: 'Assignee: is required when solving a ticket', error: 'BlankValue' }],
  });
  const solved = await update(id, { status: 'solved', assignee_id: agentId });
  assert.equal(solved.body.ticket['status'], 'solved');
  await update(id, { status: 'closed' });
  const refused = await update(id, { subject: 'Again', comment });
  assert.deepEqual(refused.body.details['status'], [
    { description: 'Status: closed prevents ticket update', error: 'ClosedTicket' },
  ]);
  assert.equal((await newTicket({ assignee_id: agentId }))['status'], 'open');
});

test('an answer of the requester opens a ticket that waits', async () => {
  const { id } = await newTicket({ requester_id: requester.id, status: 'pending' });
  const answer = { body: 'Here', author_id: requester.id };
  assert.equal(
    (await update(id, { comment: { ...answer, public: false } })).body.ticket['status'],
    'pending',
  );
  assert.equal((await update(id, { comment: answer })).body.ticket['status'], 'open');
});

test('a custom status brings its category, and a status the default of its own', async () => {
  const { body } = await call('POST', 'custom_statuses', {
    custom_status: { status_category: 'pending', agent_label: 'Waiting for parts' },
  });
  const { id: custom } = body['custom_status'] as { id: number };
  const { id } = await newTicket();
  const waiting = (await update(id, { custom_status_id: custom })).body.ticket;
  assert.deepEqual([waiting['status'], waiting['custom_status_id']], ['pending', custom]);
  const open = (await update(id, { status: 'open' })).body.ticket;
  assert.notEqual(open['custom_status_id'], custom);
  const both = await update(id, { status: 'open', custom_status_id: custom });
  assert.equal(both.status, 422);
});

test('a safe update that comes too late is a conflict', async () => {
  const ticket = await newTicket();
  const stale = { safe_update: true, updated_stamp: '2016-01-01T00:00:00Z', subject: 'x' };
  const refused = await update(ticket.id, stale);
  assert.deepEqual([refused.status, refused.body['error']], [409, 'UpdateConflict']);
  const good = { ...stale, updated_stamp: ticket['updated_at'] };
  assert.equal((await update(ticket.id, good)).status, 200);
});

test('a ticket is created once for an idempotency key, and the key takes no other request', async () => {
  const headers = { 'idempotency-key': 'k-1' };
  const body = { ticket: { subject: 'Once', comment, external_id: '500A' } };
  const first = await call('POST', 'tickets', body, { headers });
  const second = await call('POST', 'tickets', body, { headers });
  assert.deepEqual(
    [first, second].map((one) => [one.status, one.headers.get('x-idempotency-lookup'), one.body.ticket.id]),
    [
      [201, 'miss', first.body.ticket.id],
      [201, 'hit', first.body.ticket.id],
    ],
  );
  const other = await call('POST', 'tickets', { ticket: { comment } }, { headers });
  assert.deepEqual([other.status, other.body['error']], [400, 'IdempotentRequestError']);
  await call('POST', 'tickets', body);
  // An external id of tickets is not unique.
  assert.equal((await call('GET', 'tickets?external_id=500A')).body.tickets.length, 2);
});

test('a deleted ticket is gone until it is restored', async () => {
  const { id } = await newTicket();
  assert.equal((await call('DELETE', `tickets/${id}`)).status, 204);
  assert.equal((await call('GET', `tickets/${id}`)).status, 404);
  assert.equal((await update(id, { subject: 'x' })).status, 404);
  const { body } = await call('GET', 'deleted_tickets');
  assert.ok((body['deleted_tickets'] as { id: number }[]).some((one) => one.id === id));
  await call('PUT', `deleted_tickets/${id}/restore`);
  assert.equal((await call('GET', `tickets/${id}`)).status, 200);
});

test('merged tickets leave the target, and the sources closed', async () => {
  const [target, source] = [await newTicket(), await newTicket()];
  const job = await jobOf(call('POST', `tickets/${target.id}/merge`, { ids: [source.id] }));
  assert.equal(job.status, 'completed');
  const closed = (await call('GET', `tickets/${source.id}`)).body.ticket;
  assert.deepEqual([closed['status'], closed['tags']], ['closed', ['closed_by_merge']]);
  const { comments } = (await call('GET', `tickets/${target.id}/comments`)).body;
  assert.deepEqual([comments.length, comments.at(-1)?.['public']], [2, false]);
});

test('a job tells what became of each item', async () => {
  const [first, closed] = [await newTicket(), await newTicket()];
  await update(closed.id, { status: 'closed', assignee_id: agentId });
  const job = await jobOf(
    call('PUT', 'tickets/update_many', {
      tickets: [
        { id: first.id, subject: 'Changed', additional_tags: ['more'] },
        { id: closed.id, subject: 'Not' },
        { id: 99_999, subject: 'Nobody' },
      ],
    }),
  );
  assert.deepEqual(
    job.results.map(({ success, status, error, details }) => [success, status ?? error, details ?? null]),
    [
      [true, 'Updated', null],
      [false, 'TicketUpdateFailed', 'Status: closed prevents ticket update'],
      [false, 'TicketUpdateFailed', 'Not found'],
    ],
  );
  assert.deepEqual((await call('GET', `tickets/${first.id}`)).body.ticket['tags'], ['more']);
  const made = await jobOf(call('POST', 'tickets/create_many', { tickets: [{ subject: 'No comment' }] }));
  assert.deepEqual(
    [made.status, made.results],
    [
      'failed',
      [{ index: 0, success: false, error: 'TicketCreateFailed', details: 'Description: cannot be blank' }],
    ],
  );
  const tooMany = Array.from({ length: 101 }, () => ({ comment }));
  assert.equal((await call('POST', 'tickets/create_many', { tickets: tooMany })).status, 400);
});

test('users are made and changed by the hundred, and each result has its id', async () => {
  const users = [
    { name: 'A', external_id: 'bulk-1' },
    { name: '', external_id: 'bulk-2' },
  ];
  const made = await jobOf(call('POST', 'users/create_or_update_many', { users }));
  assert.deepEqual(
    made.results.map((one) => [one['success'], one['status']]),
    [
      [true, 'Created'],
      [false, undefined],
    ],
  );
  const changed = await jobOf(
    call('PUT', 'users/update_many?external_ids=bulk-1', { user: { notes: 'told' } }),
  );
  assert.equal(changed.results[0]?.['status'], 'Updated');
  const gone = await jobOf(call('DELETE', 'users/destroy_many?external_ids=bulk-1'));
  assert.equal(gone.status, 'completed');
  zendesk.settings.bulkUserImports = false;
  assert.equal((await call('POST', 'users/create_many', { users })).status, 403);
  zendesk.settings.bulkUserImports = true;
});

test('only so many jobs wait at once', async () => {
  zendesk.jobs.delayMs = 60_000;
  const start = () => call('POST', 'tickets/create_many', { tickets: [{ comment }] });
  for (let index = 0; index < 30; index += 1) assert.equal((await start()).status, 200);
  const refused = await start();
  assert.deepEqual([refused.status, refused.body['error']], [429, 'TooManyJobs']);
  zendesk.jobs.delayMs = 0;
});

test('a ticket of another time is imported with its comments and times', async () => {
  const { body } = await call('POST', 'imports/tickets', {
    ticket: {
      subject: 'Old',
      requester_id: requester.id,
      created_at: '2012-03-04T05:06:07Z',
      comments: [
        { author_id: requester.id, value: 'Long ago', created_at: '2012-03-04T05:06:07Z' },
        { author_id: agentId, value: 'Answered', public: false },
      ],
    },
  });
  const { comments } = (await call('GET', `tickets/${body.ticket.id}/comments?include=users`)).body;
  assert.equal(body.ticket['created_at'], '2012-03-04T05:06:07Z');
  assert.deepEqual(
    comments.map((one) => [one['body'], one['public']]),
    [
      ['Long ago', true],
      ['Answered', false],
    ],
  );
  assert.equal(comments[0]?.['created_at'], '2012-03-04T05:06:07Z');
  const later = { value: 'Not yet', created_at: '2999-01-01T00:00:00Z' };
  assert.equal((await call('POST', 'imports/tickets', { ticket: { comments: [later] } })).status, 422);
});
