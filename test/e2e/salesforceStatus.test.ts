import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OrgEvent } from '@desk-connect/bridge/ports/org.js';
import { orgEventsOver } from '@desk-connect/bridge/salesforce/orgEvents.js';
import { Session } from '@desk-connect/bridge/salesforce/session.js';
import type { Store } from '@desk-connect/bridge/store/store.js';
import type { Connection } from '@jsforce/jsforce-node';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import { clientOf } from '../support/clientOf.ts';
import { assign } from '../support/preparedOrg.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

const SIGNALS = '/event/Desk_Signal__e';
type Row = {
  Id: string;
  State__c: string;
  Seen__c: string;
  Health__c: string;
  Mappings__c: string;
  Requested_Action__c: string | null;
  Requested_Cause__c: string | null;
};
type Health = {
  parts: { name: string; state: string; lagSeconds: number | null }[];
  pairs: Record<string, { inStep: number; failing: number }>;
  causes: { class: string; pairs: number; examples: { pair: string; recordId: string; text: string }[] }[];
  hours: { toDesk: number; failed: number }[];
};

let world: World;
let bridge: BridgeInProcess;
let admin: Connection;
let agentToken: string;
/** What the bridge takes for seen because of signals, and how far it has read them. */
const signalled = { sightings: 0, position: '' };

before(async () => {
  world = await createWorld();
  admin = clientOf(world.org, userWith('Desk_Connect_Admin'));
  agentToken = userWith('Desk_Connect_Agent');
  bridge = await startBridgeInProcess(world, {
    // Only what has a reason of its own is written while the tests run.
    statusPace: { everyMs: 600_000, spacingMs: 100 },
    store: (store) => ({ ...store, sight: watched(store) }),
  });
  await waitFor('the row to say that all parts are up', async () => {
    const { parts } = await health();
    return parts.length > 3 && parts.every(({ state }) => state === 'up');
  });
});
after(async () => {
  await bridge.stop();
  await world.close();
});

function userWith(permissionSet: string): string {
  const username = `${permissionSet.toLowerCase()}@local.test`;
  const token = world.org.addUser(username, 'Minimum Access - API Only Integrations');
  assign(world.org.org, permissionSet, world.org.org.userId(username));
  return token;
}
const watched =
  (store: Store): Store['sight'] =>
  (sightings, priority, cursors = [], inMs = 0) => {
    const signals = cursors.find(({ name }) => name === `stream ${SIGNALS}`);
    if (signals) {
      signalled.sightings += sightings.length;
      signalled.position = signals.value;
    }
    return store.sight(sightings, priority, cursors, inMs);
  };
async function row(): Promise<Row> {
  const { records } = await admin.query<Row>(
    'SELECT Id, State__c, Seen__c, Health__c, Mappings__c, Requested_Action__c, Requested_Cause__c FROM Desk_Bridge__c',
  );
  const [only, ...others] = records;
  assert.ok(only && others.length === 0);
  return only;
}
const health = async () => JSON.parse((await row()).Health__c) as Health;
async function link(recordId: string) {
  const { records } = await world.salesforce.query<{
    Id: string;
    Status__c: string;
    Failure_Cause__c: string | null;
  }>(`SELECT Id, Status__c, Failure_Cause__c FROM Desk_Link__c WHERE Record_Id__c = '${recordId}'`);
  return records[0];
}
async function linkedContact(name: string): Promise<string> {
  const { id } = await world.salesforce
    .sobject('Contact')
    .create({ LastName: name, Email: `${name.toLowerCase()}@status.test` });
  const contactId = id ?? '';
  await waitFor(`the link of ${name}`, () => link(contactId));
  return contactId;
}
/** An administrator asks for something on the row, and it is done when that is cleared. */
async function ask(action: string, cause: string | null = null): Promise<Row> {
  const { Id } = await row();
  const asked = { Id, Requested_Action__c: action, Requested_Cause__c: cause };
  const written = await admin.sobject('Desk_Bridge__c').update(asked);
  assert.ok(written.success);
  return waitFor(`the answer to ${action}`, async () => {
    const now = await row();
    return now.Requested_Action__c === null ? now : null;
  });
}

test('the row tells the parts with what they lag, the state, and the rules and mappings that hold', async () => {
  const { State__c, Mappings__c } = await row();
  assert.equal(State__c, 'Up');
  const { parts } = await health();
  for (const name of [
    'stream /data/DeskConnect__chn',
    `stream ${SIGNALS}`,
    'salesforce sweep',
    'desk poll',
  ]) {
    const lag = parts.find((part) => part.name === name)?.lagSeconds;
    assert.ok(typeof lag === 'number' && lag < 60, `${name}: ${lag}`);
  }
  const mappings = JSON.parse(Mappings__c) as { rules: unknown[]; mappings: unknown[] };
  assert.equal(mappings.rules.length, 3);
  assert.ok(mappings.mappings.length > 10);
});

test('a failing pair shows its cause on its link and in the row, and is tried again when the admin asks for it', async () => {
  const id = await linkedContact('Curie');
  world.desk.faults.add({
    match: { method: 'PATCH', path: /customers/ },
    action: 'status',
    status: 422,
    body: { message: 'Validation Failed', errors: { title: ['invalid'] } },
    times: 100,
  });
  await world.salesforce.sobject('Contact').update({ Id: id, Title: 'Physicist' });
  const told = await waitFor('the cause', async () => {
    const found = await health();
    return found.causes.length > 0 ? found : null;
  });
  const [cause] = told.causes;
  assert.deepEqual([cause?.class, cause?.pairs], ['validation', 1]);
  assert.deepEqual(
    cause?.examples.map(({ pair, recordId }) => [pair, recordId]),
    [['customer', id]],
  );
  assert.match(cause?.examples[0]?.text ?? '', /title/i);
  assert.equal(told.pairs['customer']?.failing, 1);
  const failing = await link(id);
  assert.deepEqual([failing?.Status__c, failing?.Failure_Cause__c], ['Failing', 'Validation']);

  world.desk.faults.clear();
  await ask('Retry', 'Network');
  assert.equal((await health()).causes.length, 1, 'another cause is not tried again');
  const answered = await ask('Retry', 'Validation');
  assert.equal(answered.Requested_Cause__c, null);
  const mended = await waitFor('the row without causes', async () => {
    const found = await health();
    return found.causes.length === 0 ? found : null;
  });
  assert.equal(mended.pairs['customer']?.failing, 0);
  const { toDesk, failed } = mended.hours.at(-1) ?? assert.fail();
  assert.ok(toDesk >= 2 && failed >= 1, JSON.stringify(mended.hours.slice(-2)));
  const inStep = await link(id);
  assert.deepEqual([inStep?.Status__c, inStep?.Failure_Cause__c], ['In Step', null]);
});

test('Refresh writes the row at once, with what is no reason to write it by itself', async () => {
  const inStep = async () => (await health()).pairs['customer']?.inStep ?? 0;
  await ask('Refresh');
  const before = await inStep();
  await linkedContact('Noether');
  await waitFor('rest', async () => (await bridge.store.counts()).waiting === 0);
  assert.equal(await inStep(), before);
  await ask('Refresh');
  assert.equal(await inStep(), before + 1);
});

test('who waits for an answer on a link hears of it by a signal, which the bridge itself leaves alone', async () => {
  const id = await linkedContact('Meitner');
  const session = await Session.open({
    instanceUrl: world.org.url,
    auth: { kind: 'accessToken', accessToken: agentToken },
  });
  const stream = orgEventsOver(session, { url: world.org.pubsubUrl });
  const stop = new AbortController();
  const heard: { event: OrgEvent; position: string }[] = [];
  let isReady = false;
  const end = stream.events.subscribe({
    topic: SIGNALS,
    from: 'latest',
    signal: stop.signal,
    onReady: () => {
      isReady = true;
    },
    onBatch: ({ events, replayId }) => {
      const position = Buffer.from(replayId).toString('base64');
      heard.push(...events.map((event) => ({ event, position })));
      return Promise.resolve();
    },
  });
  await waitFor('the stream', () => isReady);
  const before = signalled.sightings;
  const linkId = (await link(id))?.Id ?? '';
  await session.request('PATCH', `/sobjects/Desk_Link__c/${linkId}`, { Requested_Action__c: 'Sync Now' });
  const answer = await waitFor('the answer', () =>
    heard.find(({ event }) => event.kind === 'signal' && event.fields['Action__c'] === 'Answered'),
  );
  assert.equal(answer.event.kind === 'signal' && answer.event.fields['Record_Id__c'], id);
  await waitFor('the bridge to read it too', () => signalled.position === answer.position);
  assert.equal(signalled.sightings - before, 1, 'the request is all that it took for seen');
  stop.abort();
  await end;
  stream.close();
});

test('agents see nothing of the row, and administrators change nothing of it but what they ask for', async () => {
  const agent = clientOf(world.org, agentToken);
  await assert.rejects(
    async () => await agent.query('SELECT Id FROM Desk_Bridge__c'),
    /INVALID_TYPE|not supported/,
  );
  const { Id } = await row();
  await assert.rejects(
    async () => await admin.sobject('Desk_Bridge__c').update({ Id, Health__c: '{}' }),
    /INVALID_FIELD_FOR_INSERT_UPDATE|Health__c/,
  );
});

test('an org without the object is served, and the bridge says so', async () => {
  await bridge.stop();
  world.org.org.schema.remove('Desk_Bridge__c');
  bridge = await startBridgeInProcess(world);
  const detail = await waitFor('what the part says', () => {
    const part = bridge.health.parts()['salesforce status'];
    return part?.state === 'up' ? part.detail : null;
  });
  assert.match(detail, /^refused: .*Desk_Bridge__c/);
  await linkedContact('Nowhere');
  assert.ok(bridge.health.ready);
});
