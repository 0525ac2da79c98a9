// The plain relay over the Pub/Sub API: subscribe, look the record up, one request to Desk an event, one after the
// other, and the replay id on disk after each.
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
import { fileURLToPath } from 'node:url';
import { carryingCases } from './carryCase.ts';
import { keptPosition } from './keptPosition.ts';
import { relaySettings } from './relaySettings.ts';

type Events = {
  readonly events: readonly {
    readonly event: { readonly schema_id: string; readonly payload: Buffer };
    readonly replay_id: Buffer;
  }[];
};
type Change = { readonly ChangeEventHeader: { entityName: string; recordIds: string[] } };

const TOPIC = '/data/DeskConnect__chn';
const WINDOW = 100;
const PROTO = fileURLToPath(new URL('../../../bridge/proto/pubsub_api.proto', import.meta.url));
const LONG = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => Number(a - b),
});

const settings = relaySettings();
const carry = await carryingCases(settings);
const position = keptPosition(settings.position);
const definition = loadPackageDefinition(
  loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true }),
);
const PubSub = ((definition['eventbus'] as GrpcObject)['v1'] as GrpcObject)[
  'PubSub'
] as ServiceClientConstructor;
const client = new PubSub(new URL(settings.pubsubUrl).host, credentials.createInsecure());
const metadata = new Metadata();
metadata.set('accesstoken', settings.accessToken);
metadata.set('instanceurl', settings.salesforceUrl);
// A session begins with the id of its org.
metadata.set('tenantid', settings.accessToken.split('!')[0] ?? '');

const types = new Map<string, avro.Type>();
async function typeOf(schemaId: string): Promise<avro.Type> {
  const known = types.get(schemaId);
  if (known) return known;
  const getSchema = client['GetSchema'] as (...args: unknown[]) => void;
  const json = await new Promise<string>((resolve, reject) =>
    getSchema.call(
      client,
      { schema_id: schemaId },
      metadata,
      (error: Error | null, answer: { schema_json: string }) =>
        error ? reject(error) : resolve(answer.schema_json),
    ),
  );
  const type = avro.Type.forSchema(JSON.parse(json) as avro.Schema, { registry: { long: LONG } });
  types.set(schemaId, type);
  return type;
}

const subscribe = client['Subscribe'] as (metadata: Metadata) => ClientDuplexStream<object, Events>;
const stream = subscribe.call(client, metadata);
stream.once('metadata', () => process.send?.('ready'));
const kept = position.get();
stream.write({
  topic_name: TOPIC,
  num_requested: WINDOW,
  ...(kept === null
    ? { replay_preset: 'LATEST' }
    : { replay_preset: 'CUSTOM', replay_id: Buffer.from(kept, 'base64') }),
});
let asked = WINDOW;
for await (const { events } of stream as AsyncIterable<Events>) {
  for (const { event, replay_id } of events) {
    const { ChangeEventHeader } = (await typeOf(event.schema_id)).fromBuffer(event.payload) as Change;
    if (ChangeEventHeader.entityName === 'Case')
      for (const id of ChangeEventHeader.recordIds) await carry(id);
    position.keep(replay_id.toString('base64'));
  }
  // The next events are on their way while these are carried.
  asked -= events.length;
  if (asked <= WINDOW / 2) {
    stream.write({ topic_name: TOPIC, num_requested: WINDOW - asked });
    asked = WINDOW;
  }
}
