import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Org } from '../org.ts';
import { replayBytes, replayPosition } from './replayId.ts';
import type { BusEvent, EventBus } from './eventBus.ts';
import { grpcError, type GrpcError } from './grpcError.ts';
import { mayReceive } from './mayReceive.ts';

export type FetchRequest = {
  topic_name: string;
  replay_preset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  replay_id: Buffer;
  num_requested: number;
};
export type Call = ServerDuplexStream<FetchRequest, unknown>;

const MOST_REQUESTED = 100;

/** One client's stream of one topic: sends what it asked for, in order, and no more. */
export class Subscription {
  readonly #org: Org;
  readonly #bus: EventBus;
  readonly #call: Call;
  readonly #userId: string;
  #topic = '';
  #position = 0;
  /** Up to where the bus was searched in vain: a quiet topic must not look through all events of the others again. */
  #searched = 0;
  #requested = 0;
  silent = false;

  constructor(org: Org, bus: EventBus, call: Call, userId: string) {
    this.#org = org;
    this.#bus = bus;
    this.#call = call;
    this.#userId = userId;
  }

  /** The first request of a stream names topic and start; each one asks for more. */
  fetch(request: FetchRequest): void {
    if (request.num_requested <= 0)
      return this.fail(
        grpcError(
          'INVALID_ARGUMENT',
          'subscription.fetch.requested.events.invalid',
          'num_requested must be positive',
        ),
      );
    if (this.#topic === '') {
      const problem = this.#start(request);
      if (problem) return this.fail(problem);
    } else if (request.topic_name !== '' && request.topic_name !== this.#topic) {
      return this.fail(
        grpcError(
          'INVALID_ARGUMENT',
          'subscription.fetch.topic.mismatch',
          'The topic of a stream cannot change',
        ),
      );
    }
    this.#requested = Math.min(MOST_REQUESTED, this.#requested + request.num_requested);
    this.flush();
  }

  #start(request: FetchRequest): GrpcError | null {
    const schema = this.#bus.topicSchema(request.topic_name);
    if (schema === null)
      return grpcError('NOT_FOUND', 'topic.not.found', `Could not find topic ${request.topic_name}`);
    if (schema !== undefined && !this.#maySee(request.topic_name.split('/')[2] ?? '')) {
      return grpcError(
        'PERMISSION_DENIED',
        'topic.meta.permission',
        'You do not have permission to subscribe to this topic',
      );
    }
    if (request.replay_preset === 'EARLIEST') this.#position = this.#bus.earliest;
    else if (request.replay_preset === 'LATEST') this.#position = this.#bus.last;
    else {
      const position = replayPosition(request.replay_id);
      if (position === null || !this.#bus.knows(position)) {
        return grpcError(
          'INVALID_ARGUMENT',
          'subscription.fetch.replayid.corrupted',
          'The replay id is corrupted or older than the retention window',
        );
      }
      this.#position = position;
    }
    this.#topic = request.topic_name;
    return null;
  }

  /** Of a channel, events of what the subscriber may not see are left out in silence. */
  #maySee(entity: string): boolean {
    return mayReceive(this.#org, this.#userId, entity);
  }

  flush(): void {
    if (this.#topic === '' || this.silent || this.#requested === 0) return;
    const { last: end } = this.#bus;
    const events = this.#bus.after(Math.max(this.#position, this.#searched), this.#topic, this.#requested);
    const last = events.at(-1);
    if (!last) {
      this.#searched = end;
      return;
    }
    this.#position = last.position;
    const visible = events.filter((event) => this.#maySee(event.entity));
    this.#requested -= visible.length;
    if (visible.length > 0) this.#send(visible);
  }

  keepAlive(): void {
    if (this.#topic === '' || this.silent) return;
    // It tells how far the topic has come, though nothing of it was for this client.
    if (this.#bus.after(this.#position, this.#topic, 1).length === 0) this.#position = this.#bus.last;
    this.#send([]);
  }

  #send(events: readonly BusEvent[]): void {
    this.#org.limits.countDelivered(events.length);
    this.#call.write({
      events: events.map((event) => ({
        event: { id: event.id, schema_id: event.schemaId, payload: event.payload },
        replay_id: replayBytes(event.position),
      })),
      latest_replay_id: replayBytes(this.#position),
      rpc_id: '',
      pending_num_requested: this.#requested,
    });
  }

  fail(error: GrpcError): void {
    this.#call.emit('error', error);
  }
}
