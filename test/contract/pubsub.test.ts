import assert from 'node:assert/strict';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import {
  credentials,
  loadPackageDefinition,
  Metadata,
  type ClientDuplexStream,
  type GrpcObject,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import avro from 'avsc';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import type { Connection } from '@jsforce/jsforce-node';
import { clientOf } from '../support/clientOf.ts';

type Event = { event: { schema_id: string; payload: Buffer }; replay_id: Buffer };
type Response = { events: Event[]; latest_replay_id: Buffer; pending_num_requested: number };

const PROTO = fileURLToPath(new URL('../../bridge/proto/pubsub_api.proto', import.meta.url));
let local: LocalOrg;
let client: InstanceType<ServiceClientConstructor>;
let jsforce: Connection;
const identity = new Metadata();

before(async () => {
  local = await startOrg();
  const definition = loadPackageDefinition(
    loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true }),
  );
  const PubSub = ((definition['eventbus'] as GrpcObject)['v1'] as GrpcObject)[
    'PubSub'
  ] as ServiceClientConstructor;
  client = new PubSub(new URL(local.pubsubUrl).host, credentials.createInsecure());
  identity.set('accesstoken', local.accessToken);
  identity.set('tenantid', local.org.orgId);
  identity.set('instanceurl', local.url);
  jsforce = clientOf(local);
  const object = local.org.schema.object('PlatformEventChannelMember');
  assert.ok(object);
  local.org.records.transact(local.org.userId(local.username), null, () =>
    local.org.records.insert(object, {
      DeveloperName: 'Case',
      EventChannel: 'ChangeEvents',
      SelectedEntity: 'CaseChangeEvent',
    }),
  );
});
after(async () => {
  client.close();
  await local.close();
});

function subscribe(request: object): { stream: ClientDuplexStream<object, Response>; events: Event[] } {
  const stream = (client['Subscribe'] as (metadata: Metadata) => ClientDuplexStream<object, Response>).call(
    client,
    identity,
  );
  const events: Event[] = [];
  stream.on('data', (response: Response) => events.push(...response.events));
  stream.on('error', () => undefined);
  stream.write({ topic_name: '/data/CaseChangeEvent', num_requested: 10, ...request });
  return { stream, events };
}

async function decode({ event }: Event): Promise<Record<string, unknown>> {
  const schema = await new Promise<{ schema_json: string }>((resolve, reject) => {
    (client['GetSchema'] as (...args: unknown[]) => void).call(
      client,
      { schema_id: event.schema_id },
      identity,
      (error: Error | null, answer: { schema_json: string }) => (error ? reject(error) : resolve(answer)),
    );
  });
  return avro.Type.forSchema(JSON.parse(schema.schema_json) as avro.Schema).fromBuffer(
    event.payload,
  ) as Record<string, unknown>;
}

test('changes of a record come as change events with the fields that changed, and can be replayed', async () => {
  const { stream, events } = subscribe({ replay_preset: 'LATEST' });
  await once(stream, 'metadata');
  const { id = '' } = await jsforce.sobject('Case').create({ Subject: 'One' });
  await jsforce
    .sobject('Case')
    .update({ Id: id, Subject: 'Two' }, { headers: { 'Sforce-Call-Options': 'client=Tester' } });
  await jsforce.sobject('Case').destroy(id);
  while (events.length < 3) await once(stream, 'data');
  const decoded = await Promise.all(events.map(decode));
  const headers = decoded.map(
    (one) =>
      one['ChangeEventHeader'] as {
        changeType: string;
        recordIds: string[];
        changedFields: string[];
        changeOrigin: string;
      },
  );
  assert.deepEqual(
    headers.map((header) => header.changeType),
    ['CREATE', 'UPDATE', 'DELETE'],
  );
  assert.deepEqual(
    headers.map((header) => header.recordIds),
    [[id], [id], [id]],
  );
  assert.match(headers[1]?.changeOrigin ?? '', /client=Tester/);
  assert.equal(decoded[1]?.['Subject'], 'Two');
  assert.equal(decoded[1]?.['Status'], null, 'a field that did not change is not sent');
  const bits = BigInt(headers[1]?.changedFields[0] ?? '0');
  const names = Object.keys(decoded[1] ?? {});
  assert.deepEqual(
    names.filter((_, index) => (bits >> BigInt(index)) & 1n),
    ['LastModifiedDate', 'LastModifiedById', 'Subject'],
  );
  stream.cancel();

  const replay = subscribe({ replay_preset: 'CUSTOM', replay_id: events[0]?.replay_id });
  while (replay.events.length < 2) await once(replay.stream, 'data');
  assert.deepEqual(
    replay.events.map((event) => event.replay_id),
    events.slice(1).map((event) => event.replay_id),
  );
  replay.stream.cancel();
});

test('no more events come than were asked for', async () => {
  const { stream, events } = subscribe({ replay_preset: 'LATEST', num_requested: 2 });
  await once(stream, 'metadata');
  for (let count = 0; count < 4; count += 1)
    await jsforce.sobject('Case').create({ Subject: `Flow ${count}` });
  while (events.length < 2) await once(stream, 'data');
  local.pubsub.keepAlive();
  await once(stream, 'data');
  assert.equal(events.length, 2);
  stream.write({ num_requested: 2 });
  while (events.length < 4) await once(stream, 'data');
  stream.cancel();
});

test('a position that is not known, a topic that does not exist and a foreign session are refused by code', async () => {
  const refusal = async (request: object, metadata = identity) => {
    const stream = (client['Subscribe'] as (metadata: Metadata) => ClientDuplexStream<object, Response>).call(
      client,
      metadata,
    );
    const failed = once(stream, 'error');
    stream.on('data', () => undefined);
    stream.write({ topic_name: '/data/CaseChangeEvent', num_requested: 1, ...request });
    const [error] = (await failed) as [{ metadata: Metadata }];
    return String(error.metadata.get('error-code')[0]).replace('sfdc.platform.eventbus.grpc.', '');
  };
  assert.equal(
    await refusal({ replay_preset: 'CUSTOM', replay_id: Buffer.from('nonsense') }),
    'subscription.fetch.replayid.corrupted',
  );
  assert.equal(await refusal({ topic_name: '/event/Nope__e' }), 'topic.not.found');
  const foreign = new Metadata();
  foreign.merge(identity);
  foreign.set('accesstoken', '00D!expired');
  assert.equal(await refusal({}, foreign), 'service.auth.error');
});
