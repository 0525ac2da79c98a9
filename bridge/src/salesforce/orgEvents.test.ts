import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  status,
  type GrpcObject,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import avro from 'avsc';
import type { OrgEvent, StreamEnd } from '../ports/org.ts';
import { orgEventsOver, type OrgEventsOptions } from './orgEvents.ts';

const PROTO = fileURLToPath(new URL('../../proto/pubsub_api.proto', import.meta.url));
const SIGNAL: avro.Schema = {
  type: 'record',
  name: 'Signal',
  fields: [{ name: 'Record_Id__c', type: 'string' }],
};
const payload = avro.Type.forSchema(SIGNAL).toBuffer({ Record_Id__c: 'one' });
const good = { event: { schema_id: 'good', payload }, replay_id: Buffer.from('2') };
const bad = (schema_id: string, bytes = payload) => ({
  event: { schema_id, payload: bytes },
  replay_id: Buffer.from('1'),
});

type GetSchema = (id: string, answer: sendUnaryData<unknown>) => void;

/** Subscribes to a server that sends these events once and answers for schemas by `schemas`. */
async function follow(
  t: TestContext,
  events: object[],
  schemas: GetSchema,
  options: Partial<OrgEventsOptions> = {},
) {
  const definition = loadPackageDefinition(loadSync(PROTO, { keepCase: true, defaults: true }));
  const { PubSub } = (definition['eventbus'] as GrpcObject)['v1'] as Record<string, ServiceClientConstructor>;
  const server = new Server();
  assert.ok(PubSub);
  server.addService(PubSub.service, {
    Subscribe: (call: ServerDuplexStream<object, object>) => {
      call.once(
        'data',
        () => events.length > 0 && call.write({ events, latest_replay_id: Buffer.from('2') }),
      );
      call.on('end', () => call.end());
    },
    GetSchema: (call: { request: { schema_id: string } }, answer: sendUnaryData<unknown>) =>
      schemas(call.request.schema_id, answer),
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const session = {
    accessToken: 'token',
    instanceUrl: 'http://org',
    orgId: '00D',
    canRenew: false,
    renew: () => Promise.resolve(''),
  };
  const org = orgEventsOver(session, { url: `http://127.0.0.1:${port}`, ...options });
  t.after(() => {
    org.close();
    server.forceShutdown();
  });
  const stop = new AbortController();
  const batches: { events: readonly OrgEvent[]; replayId: string }[] = [];
  const end: Promise<StreamEnd> = org.events.subscribe({
    topic: '/event/Signal',
    from: 'latest',
    onBatch: ({ events: read, replayId }) => {
      batches.push({
        events: JSON.parse(JSON.stringify(read)) as OrgEvent[],
        replayId: Buffer.from(replayId).toString(),
      });
      stop.abort();
      return Promise.resolve();
    },
    signal: stop.signal,
  });
  return { end, batches, stop };
}

const schemas: GetSchema = (id, answer) => {
  if (id === 'none') answer({ code: status.NOT_FOUND, details: 'none' });
  else
    answer(null, {
      schema_json: id === 'good' ? JSON.stringify(SIGNAL) : '{"type":"riddle"}',
      schema_id: id,
    });
};

test('an event that nobody can read becomes a gap, and the stream goes on past it', async (t) => {
  const unread = [bad('unknown type'), bad('none'), bad('good', Buffer.from([40, 1]))];
  const { end, batches } = await follow(t, [...unread, good], schemas);
  assert.deepEqual(await end, { reason: 'stopped' });
  assert.deepEqual(batches, [
    {
      events: [
        { kind: 'gap', object: 'unknown type' },
        { kind: 'gap', object: 'none' },
        { kind: 'gap', object: 'good' },
        { kind: 'signal', fields: { Record_Id__c: 'one' } },
      ],
      replayId: '2',
    },
  ]);
});

test('a schema that does not come in time ends the stream, which is tried again', async (t) => {
  const { end, batches } = await follow(t, [good], () => undefined, { schemaDeadlineMs: 50 });
  assert.equal((await end).reason, 'failed');
  assert.deepEqual(batches, []);
});

test('a bridge that stops does not wait for a schema', async (t) => {
  const asked = Promise.withResolvers<void>();
  const { end, stop } = await follow(t, [good], () => asked.resolve());
  await asked.promise;
  stop.abort();
  assert.deepEqual(await end, { reason: 'stopped' });
});

test('a stream that says nothing any more is left', async (t) => {
  const { end } = await follow(t, [], schemas, { silenceMs: 50 });
  assert.deepEqual(await end, { reason: 'failed', message: 'nothing came for 0.05 s' });
});
