import { fileURLToPath } from 'node:url';
import {
  Metadata,
  Server,
  ServerCredentials,
  loadPackageDefinition,
  type GrpcObject,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServiceClientConstructor,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { Org } from '../org.ts';
import type { EventBus } from './eventBus.ts';
import { grpcError, type GrpcError } from './grpcError.ts';
import { replayBytes } from './replayId.ts';
import { Subscription, type Call, type FetchRequest } from './subscription.ts';

const PROTO = fileURLToPath(new URL('../../../bridge/proto/pubsub_api.proto', import.meta.url));
const KEEP_ALIVE_MS = 60_000;

export type PubSub = {
  readonly url: string;
  readonly bus: EventBus;
  /** Breaks all streams, as a release or a network does. */
  dropStreams(): void;
  /** Closes the connections as a server does that is about to restart: GOAWAY, and what is open is broken off. */
  goAway(): void;
  /** New subscriptions end with this error right after their headers; null lets them in again. */
  refuse(error: GrpcError | null): void;
  /** When each subscription began, by its topic, in milliseconds since 1970. */
  readonly subscribed: { readonly topic: string; readonly at: number }[];
  /** Streams stay open and say nothing any more, as over a dead connection. */
  silence(): void;
  /** Sends the keep-alive that is due after a while, now. */
  keepAlive(): void;
  close(): Promise<void>;
};

/** Starts the Pub/Sub API of an org on a port of its own, without TLS. */
export async function startPubSub(org: Org, bus: EventBus, port = 0): Promise<PubSub> {
  const definition = loadPackageDefinition(
    loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true }),
  );
  const service = ((definition['eventbus'] as GrpcObject)['v1'] as GrpcObject)[
    'PubSub'
  ] as ServiceClientConstructor;
  const streams = new Set<Subscription>();
  const door: Door = { refusal: null, subscribed: [] };
  const server = new Server();
  server.addService(service.service, implementation(org, bus, streams, door));
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, number) =>
      error ? reject(error) : resolve(number),
    );
  });
  bus.onEvent.push(() => streams.forEach((stream) => stream.flush()));
  const keepAlive = () => streams.forEach((stream) => stream.keepAlive());
  const timer = setInterval(keepAlive, KEEP_ALIVE_MS);
  return {
    url: `http://127.0.0.1:${bound}`,
    bus,
    dropStreams: () =>
      streams.forEach((stream) => stream.fail(grpcError('UNAVAILABLE', 'service.unavailable', 'RST_STREAM'))),
    goAway: () => server.drain(`127.0.0.1:${bound}`, 0),
    refuse: (error) => (door.refusal = error),
    subscribed: door.subscribed,
    silence: () => streams.forEach((stream) => (stream.silent = true)),
    keepAlive,
    close: async () => {
      clearInterval(timer);
      server.forceShutdown();
      await Promise.resolve();
    },
  };
}

type Unary = (
  call: ServerUnaryCall<Record<string, unknown>, unknown>,
  answer: sendUnaryData<unknown>,
) => void;

type Door = { refusal: GrpcError | null; readonly subscribed: PubSub['subscribed'] };

function implementation(
  org: Org,
  bus: EventBus,
  streams: Set<Subscription>,
  door: Door,
): UntypedServiceImplementation {
  const unary =
    (work: (request: Record<string, unknown>, userId: string) => unknown): Unary =>
    (call, answer) => {
      try {
        answer(null, work(call.request, userOf(org, call.metadata)));
      } catch (error) {
        answer(error as Error);
      }
    };
  return {
    Subscribe: (call: Call) => {
      let userId: string;
      try {
        userId = userOf(org, call.metadata);
      } catch (error) {
        call.emit('error', error);
        return;
      }
      const stream = new Subscription(org, bus, call, userId);
      streams.add(stream);
      call.sendMetadata(new Metadata());
      call.once('data', ({ topic_name: topic }: FetchRequest) =>
        door.subscribed.push({ topic, at: Date.now() }),
      );
      if (door.refusal) return stream.fail(door.refusal);
      call.on('data', (request) => stream.fetch(request));
      for (const event of ['end', 'cancelled', 'error', 'close'])
        call.on(event, () => streams.delete(stream));
      call.on('end', () => call.end());
    },
    GetSchema: unary((request) => {
      const schema = bus.schema(String(request['schema_id']));
      if (!schema) throw grpcError('NOT_FOUND', 'schema.not.found', 'No such schema');
      return { schema_json: schema.json, schema_id: schema.id, rpc_id: '' };
    }),
    GetTopic: unary((request) => {
      const topic = String(request['topic_name']);
      const schema = bus.topicSchema(topic);
      if (schema === null) throw grpcError('NOT_FOUND', 'topic.not.found', `Could not find topic ${topic}`);
      return {
        topic_name: topic,
        tenant_guid: org.orgId,
        can_publish: topic.startsWith('/event/'),
        can_subscribe: true,
        schema_id: schema?.id ?? '',
        rpc_id: '',
      };
    }),
    Publish: unary((request) => {
      const name = String(request['topic_name']).split('/')[2] ?? '';
      const events = request['events'] as { schema_id: string; payload: Buffer }[];
      const results = events.map((event) => {
        const schema = bus.schema(event.schema_id);
        if (!schema)
          return {
            replay_id: Buffer.alloc(0),
            error: { code: 'PUBLISH', msg: 'No such schema' },
            correlation_key: '',
          };
        return {
          replay_id: replayBytes(bus.publish(name, schema, event.payload)),
          error: null,
          correlation_key: '',
        };
      });
      return { results, schema_id: events[0]?.schema_id ?? '', rpc_id: '' };
    }),
  };
}

function userOf(org: Org, metadata: Metadata): string {
  const [token, tenant, instance] = ['accesstoken', 'tenantid', 'instanceurl'].map((key) =>
    String(metadata.get(key)[0] ?? ''),
  );
  if (!token || tenant !== org.orgId || !instance)
    throw grpcError(
      'UNAUTHENTICATED',
      'service.auth.headers.invalid',
      'accesstoken, instanceurl and tenantid are needed',
    );
  if (!org.sessions.has(token))
    throw grpcError(
      'UNAUTHENTICATED',
      'service.auth.error',
      'Authentication exception occurred. INVALID_SESSION_ID',
    );
  return org.sessions.userOf(token);
}
