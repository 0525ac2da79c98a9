import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import { StreamingExtension } from '@jsforce/jsforce-node/lib/api/streaming.js';
import { insertRow } from '../org/records/byName.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';
import { deployTo, metadataXml } from '../support/deployTo.ts';
import { accessXml, fieldXml } from '../support/fieldFiles.ts';
import { assign } from '../support/preparedOrg.ts';
import { waitFor } from '../support/waitFor.ts';

type Event = { payload: Record<string, unknown>; event: { replayId: number } };
/** What the types of jsforce leave out. */
type Streaming = { disconnect(): Promise<void> };

const CHANNEL = '/event/Alarm__e';
const FILES = {
  'objects/Alarm__e.object': metadataXml(
    'CustomObject',
    `<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType>${fieldXml('Text__c', 'Text', { length: 20 })}${fieldXml('At__c', 'DateTime')}<label>Alarm</label><pluralLabel>Alarms</pluralLabel><publishBehavior>PublishAfterCommit</publishBehavior>`,
  ),
  'permissionsets/Alarmed.permissionset': accessXml([], [], ['Alarm__e']).replaceAll(
    /(<allow(?:Edit|Delete)>)true/g,
    '$1false',
  ),
};
let local: LocalOrg;
let admin: Connection;
let alarmed: string;
let stranger: string;
const open: Streaming[] = [];

before(async () => {
  local = await startOrg();
  admin = clientOf(local);
  assert.deepEqual(await deployTo(admin, FILES), []);
  alarmed = local.addUser('alarmed@local.test', 'Standard User');
  stranger = local.addUser('stranger@local.test', 'Standard User');
  assign(local.org, 'Alarmed', local.org.userId('alarmed@local.test'));
  local.org.records.transact(local.org.userId(local.username), null, () =>
    insertRow(local.org, 'PlatformEventChannelMember', {
      DeveloperName: 'Case',
      EventChannel: 'ChangeEvents',
      SelectedEntity: 'CaseChangeEvent',
    }),
  );
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.disconnect()));
});
after(() => local.close());

/** The events that a client of jsforce gets on a channel, from a place on. */
async function listen(channel: string, from: number, token = alarmed): Promise<Event[]> {
  const client = clientOf(local, token).streaming.createClient([
    new StreamingExtension.Replay(channel, from),
  ] as never);
  open.push(client as unknown as Streaming);
  const events: Event[] = [];
  await client.subscribe(channel, (event: Event) => void events.push(event));
  return events;
}
const publish = (Text__c: string) =>
  admin.sobject('Alarm__e').create({ Text__c, At__c: '2026-11-22T10:00:00Z' });
const texts = (events: readonly Event[]) => events.map(({ payload }) => payload['Text__c']);

test('a client hears of what is published after it subscribed, or of all that is kept, or of all after an event', async () => {
  await publish('before');
  const fresh = await listen(CHANNEL, -1);
  await publish('one');
  await publish('two');
  await waitFor('two new events', () => fresh.length === 2);
  assert.deepEqual(texts(fresh), ['one', 'two']);
  assert.equal(fresh[0]?.payload['At__c'], '2026-11-22T10:00:00.000Z');
  const all = await listen(CHANNEL, -2);
  await waitFor('all events', () => all.length === 3);
  assert.deepEqual(texts(all), ['before', 'one', 'two']);
  const later = await listen(CHANNEL, fresh[0]?.event.replayId ?? 0);
  await waitFor('the event after', () => later.length === 1);
  assert.deepEqual(texts(later), ['two']);
});

test('a change event names the fields that changed', async () => {
  const { id } = await admin.sobject('Case').create({ Subject: 'a', Description: 'b' });
  const events = await listen('/data/CaseChangeEvent', -1, local.accessToken);
  await admin.sobject('Case').update({ Id: id ?? '', Subject: 'c', Description: null });
  const { payload } = await waitFor('the change', () => events[0]);
  const { ChangeEventHeader, ...fields } = payload as Event['payload'] & {
    ChangeEventHeader: { changedFields: string[]; nulledFields: string[]; changeType: string };
  };
  assert.equal(ChangeEventHeader.changeType, 'UPDATE');
  assert.deepEqual(ChangeEventHeader.nulledFields, ['Description']);
  assert.ok(ChangeEventHeader.changedFields.includes('Subject'));
  assert.deepEqual([fields['Subject'], fields['Description'], 'Priority' in fields], ['c', null, false]);
});

test('what a user may not hear, what is not there and a place that is not known are refused', async () => {
  await assert.rejects(listen(CHANNEL, -1, stranger), /403|permission/);
  await assert.rejects(listen('/data/CaseChangeEvent', -1), /403|permission/);
  await assert.rejects(listen('/event/Nothing__e', -1), /does not exist/);
  await assert.rejects(listen(CHANNEL, 9_999), /replayId/);
});

test('what is delivered counts for the allowance of events', async () => {
  const left = async () =>
    (await admin.request<{ DailyDeliveredPlatformEvents: { Remaining: number } }>('/limits'))
      .DailyDeliveredPlatformEvents.Remaining;
  const before = await left();
  const [first, second] = [await listen(CHANNEL, -1), await listen(CHANNEL, -1)];
  await publish('counted');
  await waitFor('both to hear', () => first.length + second.length === 2);
  assert.equal(await left(), before - 2);
});

async function bayeux(message: object, token: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${local.url}/cometd/65.0`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify([message]),
  });
  const [answer] = (await response.json()) as Record<string, unknown>[];
  return answer ?? {};
}

test('without a session nobody is let in, and a client that is not known is told to begin anew', async () => {
  const handshake = {
    channel: '/meta/handshake',
    version: '1.0',
    supportedConnectionTypes: ['long-polling'],
  };
  const denied = await bayeux(handshake, 'nonsense');
  assert.deepEqual(
    [denied['error'], denied['successful'], denied['advice']],
    ['403::Handshake denied', false, { reconnect: 'none', interval: 0 }],
  );
  assert.match(JSON.stringify(denied['ext']), /401::Authentication invalid/);
  const connect = { channel: '/meta/connect', clientId: 'nobody', connectionType: 'long-polling' };
  assert.equal((await bayeux(connect, 'nonsense'))['error'], '401::Authentication invalid');
  const unknown = await bayeux(connect, alarmed);
  assert.deepEqual(
    [unknown['error'], unknown['advice']],
    ['403::Unknown client', { reconnect: 'handshake', interval: 0 }],
  );
});
