import {
  credentials,
  loadPackageDefinition,
  Metadata,
  type ClientDuplexStream,
  type ClientUnaryCall,
  type GrpcObject,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { fileURLToPath } from 'node:url';

export type FetchRequest = {
  topic_name: string;
  num_requested: number;
  replay_preset?: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  replay_id?: Uint8Array;
};
export type FetchResponse = {
  readonly events: readonly {
    readonly event: { readonly schema_id: string; readonly payload: Buffer };
    readonly replay_id: Buffer;
  }[];
  readonly latest_replay_id: Buffer;
  readonly pending_num_requested: number;
};
export type Identity = { readonly accessToken: string; readonly instanceUrl: string; readonly orgId: string };
export type FetchStream = ClientDuplexStream<FetchRequest, FetchResponse>;

const PROTO = fileURLToPath(new URL('../../proto/pubsub_api.proto', import.meta.url));

/** The two calls of the Pub/Sub API that a subscriber needs, on one connection. */
export class PubSubChannel {
  readonly #connect: () => InstanceType<ServiceClientConstructor>;
  #client: InstanceType<ServiceClientConstructor>;

  constructor(url: string) {
    const definition = loadPackageDefinition(
      loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true }),
    );
    const PubSub = ((definition['eventbus'] as GrpcObject)['v1'] as GrpcObject)[
      'PubSub'
    ] as ServiceClientConstructor;
    const { host, protocol } = new URL(url);
    this.#connect = () =>
      new PubSub(
        host,
        protocol === 'http:' ? credentials.createInsecure() : credentials.createSsl(),
        // A client takes over the connections of another one to the same host, but for this.
        { 'grpc.use_local_subchannel_pool': 1 },
      );
    this.#client = this.#connect();
  }

  /** Leaves the connection, which may be half open, to what still runs on it; the next call makes a new one. */
  reconnect(): void {
    this.#client.close();
    this.#client = this.#connect();
  }

  subscribe(identity: Identity): FetchStream {
    const subscribe = this.#client['Subscribe'] as (metadata: Metadata) => FetchStream;
    return subscribe.call(this.#client, metadataOf(identity));
  }

  /** A schema as JSON. Ends with an error when the deadline (milliseconds from now) passes or the signal aborts. */
  schema(identity: Identity, schemaId: string, deadlineMs: number, signal: AbortSignal): Promise<string> {
    const getSchema = this.#client['GetSchema'] as (...args: unknown[]) => ClientUnaryCall;
    return new Promise((resolve, reject) => {
      const call = getSchema.call(
        this.#client,
        { schema_id: schemaId },
        metadataOf(identity),
        { deadline: Date.now() + deadlineMs },
        (error: Error | null, answer: { schema_json: string }) => {
          signal.removeEventListener('abort', stop);
          if (error) reject(error);
          else resolve(answer.schema_json);
        },
      );
      const stop = () => call.cancel();
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
    });
  }

  close(): void {
    this.#client.close();
  }
}

function metadataOf({ accessToken, instanceUrl, orgId }: Identity): Metadata {
  const metadata = new Metadata();
  metadata.set('accesstoken', accessToken);
  metadata.set('instanceurl', instanceUrl);
  metadata.set('tenantid', orgId);
  return metadata;
}
