import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Org, OrgEvent } from '../../bridge/src/ports/org.ts';
import { linksHaveCause } from '../../bridge/src/salesforce/links.ts';
import { orgEventsOver } from '../../bridge/src/salesforce/orgEvents.ts';
import { orgOverRest } from '../../bridge/src/salesforce/orgOverRest.ts';
import { Session } from '../../bridge/src/salesforce/session.ts';
import type { LocalOrg } from '../org/startOrg.ts';
import { startPreparedOrg } from '../support/preparedOrg.ts';
import { waitFor } from '../support/waitFor.ts';

let local: LocalOrg;
let session: Session;
let org: Org;
let caseId: string;

before(async () => {
  local = await startPreparedOrg();
  session = await Session.open({
    instanceUrl: local.url,
    auth: { kind: 'accessToken', accessToken: local.accessToken },
  });
  org = orgOverRest(session, Date.now);
  caseId = await linkedCase('1');
});
after(() => local.close());

const linked = (deskId: string, fields: Record<string, string> = { Subject: `Case ${deskId}` }) => ({
  object: 'Case' as const,
  fields,
  pair: 'case' as const,
  deskId,
  deskUrl: `https://desk.test/${deskId}`,
});
async function linkedCase(deskId: string): Promise<string> {
  const [made] = await org.createLinked([linked(deskId)]);
  assert.equal(made?.outcome, 'done');
  return made.id;
}
const note = (deskId: string, texts: readonly string[]) => ({
  kind: 'note' as const,
  caseId,
  deskId,
  object: 'CaseComment' as const,
  records: texts.map((text) => ({ ParentId: caseId, CommentBody: text, IsPublished: false })),
});

test('a record and its link are made together, or neither; each has its own outcome', async () => {
  const outcomes = await org.createLinked([
    linked('10'),
    linked('1'),
    linked('11', { Subject: 'x'.repeat(300) }),
    linked('12'),
  ]);
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['done', 'taken', 'refused', 'done'],
  );
  const links = await org.findLinks('deskKey', ['case:10', 'case:11', 'case:12']);
  assert.deepEqual(links.map(({ deskId }) => deskId).sort(), ['10', '12']);
  const cases = [...local.org.records.rows('Case').values()].map((row) => row['Subject']);
  assert.equal(cases.filter((subject) => subject === 'Case 1').length, 1, 'what is taken is not made again');
});

test('answers go to their requests, in whatever order Salesforce gives them', async () => {
  const send = session.request.bind(session);
  session.request = async <T>(...args: Parameters<Session['request']>): Promise<T> => {
    const answer = await send<{ graphs?: unknown[] }>(...args);
    answer.graphs?.reverse();
    return answer as T;
  };
  try {
    const notes = [note('20', ['ok']), note('21', ['x'.repeat(5_000)]), note('22', ['one', 'two'])];
    assert.deepEqual(
      (await org.createEntries(notes)).map(({ outcome }) => outcome),
      ['done', 'refused', 'done'],
    );
  } finally {
    session.request = send;
  }
  const { comments = [], noteLinks = [] } = (await org.conversations([caseId])).get(caseId) ?? {};
  assert.deepEqual(comments.map(({ body }) => body).sort(), ['ok', 'one', 'two']);
  assert.deepEqual(noteLinks.map(({ deskId }) => deskId).sort(), ['20', '22', '22']);
});

test('an entry that is there is taken; a unique field of the customer is a refusal', async () => {
  assert.deepEqual(
    (await org.createEntries([note('20', ['again'])])).map(({ outcome }) => outcome),
    ['taken'],
  );
  const field = local.org.schema.field('CaseComment', 'CommentBody');
  assert.ok(field);
  local.org.schema.putField('CaseComment', { ...field, unique: true });
  try {
    assert.deepEqual(
      (await org.createEntries([note('23', ['ok'])])).map(({ outcome }) => outcome),
      ['refused'],
    );
  } finally {
    local.org.schema.putField('CaseComment', field);
  }
});

test('more entries than one request takes go in several, all of them', async () => {
  const many = Array.from({ length: 80 }, (_, index) => note(`many-${index}`, [`${index}`, 'b', 'c', 'd']));
  const written = await org.createEntries(many);
  assert.ok(written.length === 80 && written.every(({ outcome }) => outcome === 'done'));
});

test('what came since is told by case, unless it is tied; what customers see is not', async () => {
  const other = await linkedCase('30');
  const seen = await linkedCase('31');
  const since = new Date(Date.now() - 60_000).toISOString();
  await session.request('POST', '/sobjects/CaseComment', {
    ParentId: seen,
    CommentBody: 'open',
    IsPublished: true,
  });
  const before_ = (await org.commentedSince(since)).map((one) => one.caseId);
  assert.ok(!before_.includes(caseId), 'all its comments came from Desk');
  assert.ok(!before_.includes(seen));
  await session.request('POST', '/sobjects/EmailMessage', {
    ParentId: other,
    Status: '3',
    TextBody: 'Hello',
  });
  const found = await org.commentedSince(since);
  assert.ok(found.some((one) => one.caseId === other));
  assert.equal((await org.conversations([other])).get(other)?.emails?.[0]?.body, 'Hello');
  const task = (WhatId: string, fields: object) =>
    session.request('POST', '/sobjects/Task', { WhatId, Subject: 'Call', ...fields });
  const { id: account } = await session.request<{ id: string }>('POST', '/sobjects/Account', {
    Name: 'Not a case',
  });
  await task(account, { Status: 'Completed' });
  await task(seen, { Status: 'Completed', TaskSubtype: 'Email' });
  await task(seen, { Status: 'Not Started' });
  assert.ok(!(await org.commentedSince(since)).some((one) => [account, seen].includes(one.caseId)));
  await task(seen, { Status: 'Completed', Description: 'Done' });
  assert.ok((await org.commentedSince(since)).some((one) => one.caseId === seen));
  assert.deepEqual(
    (await org.conversations([seen])).get(seen)?.tasks.map(({ body }) => body),
    ['Done'],
  );
});

test('an action is asked for on the link of a pair, and not on that of a note', async () => {
  const { records } = await session.request<{ records: { Id: string; Desk_Key__c: string }[] }>(
    'GET',
    `/query?q=${encodeURIComponent("SELECT Id, Desk_Key__c FROM Desk_Link__c WHERE Desk_Key__c IN ('case:1','note:20')")}`,
  );
  assert.equal(records.length, 2);
  for (const { Id } of records)
    await session.request('PATCH', `/sobjects/Desk_Link__c/${Id}`, { Requested_Action__c: 'Sync Now' });
  assert.deepEqual(await org.requestedActions(), [{ pair: 'case', recordId: caseId, action: 'Sync Now' }]);
});

test('an org that keeps no e-mails says so, and its comments are read all the same', async () => {
  const object = local.org.schema.object('EmailMessage');
  assert.ok(object);
  local.org.schema.remove('EmailMessage');
  try {
    const conversation = (await org.conversations([caseId])).get(caseId);
    assert.equal(conversation?.emails, null);
    assert.ok((conversation?.comments.length ?? 0) > 0);
  } finally {
    local.org.schema.put(object);
  }
});

async function causeOf(linkId: string): Promise<string | null> {
  const [row] = await session.query<{ Failure_Cause__c: string | null }>(
    `SELECT Id, Failure_Cause__c FROM Desk_Link__c WHERE Id = '${linkId}'`,
  );
  assert.ok(row);
  return row.Failure_Cause__c;
}

test('links that have no field for the cause of a failure, or hide it, are written without it', async () => {
  const object = local.org.schema.object('Desk_Link__c');
  const [link] = await org.findLinks('recordId', [caseId]);
  assert.ok(object && link);
  assert.equal(await linksHaveCause(session), true);
  const fields = new Map(object.fields);
  fields.delete('Failure_Cause__c');
  local.org.schema.put({ ...object, fields });
  try {
    assert.equal(await linksHaveCause(session), false);
    const older = orgOverRest(session, Date.now, null, false);
    const change = { status: 'Waiting', failureCause: 'busy' } as const;
    const [written] = await older.updateLinks([{ id: link.id, change }]);
    assert.equal(written?.outcome, 'done');
    local.org.schema.remove('Desk_Link__c');
    assert.equal(await linksHaveCause(session), false);
  } finally {
    local.org.schema.put(object);
  }
  assert.equal(await causeOf(link.id), null);
});

test('a link is found by either key, changed, made once and deleted', async () => {
  const [link] = await org.findLinks('recordId', [caseId]);
  assert.ok(link);
  await org.updateLinks([
    {
      id: link.id,
      change: { status: 'Failing', lastError: 'x'.repeat(5_000), failureCause: 'missingParent' },
    },
  ]);
  assert.equal((await org.findLinks('deskKey', ['case:1']))[0]?.status, 'Failing');
  assert.equal(await causeOf(link.id), 'Missing Parent');
  const again = { pair: 'case', deskId: '99', recordId: caseId, deskUrl: 'https://desk.test/99' } as const;
  assert.deepEqual(
    (await org.createLinks([again])).map(({ outcome }) => outcome),
    ['taken'],
    'one record has one link',
  );
  assert.deepEqual(
    (await org.deleteLinks([link.id, link.id])).map(({ outcome }) => outcome),
    ['done', 'gone'],
  );
});

test('what happens in the org comes as events that name the records', async () => {
  const stream = orgEventsOver(session, { url: local.pubsubUrl });
  const stop = new AbortController();
  const events: OrgEvent[] = [];
  let ready = false;
  const end = stream.events.subscribe({
    topic: '/data/DeskConnect__chn',
    from: 'latest',
    onReady: () => {
      ready = true;
    },
    onBatch: ({ events: batch }) => {
      events.push(...batch);
      return Promise.resolve();
    },
    signal: stop.signal,
  });
  await waitFor('the stream', () => ready);
  const id = await linkedCase('40');
  await waitFor('the event', () =>
    events.some(
      (event) => event.kind === 'change' && event.object === 'Case' && event.recordIds.includes(id),
    ),
  );
  stop.abort();
  assert.deepEqual(await end, { reason: 'stopped' });
  stream.close();
});
