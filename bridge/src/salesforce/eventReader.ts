import { status, type ServiceError } from '@grpc/grpc-js';
import type { OrgEvent } from '../ports/org.ts';
import { decoderFor, type Decoder } from './decodeEvent.ts';
import type { FetchResponse } from './pubsub.ts';

/** Answers that will be the same the next time: the schema is not to be had. */
const FINAL: ReadonlySet<number> = new Set([
  status.NOT_FOUND,
  status.INVALID_ARGUMENT,
  status.PERMISSION_DENIED,
]);

/**
 * Reads the events of a stream, each by its own schema. One that nobody can read becomes a gap, so that a
 * sweep reads the records instead: it must not hold the stream at its place for ever.
 */
export class EventReader {
  readonly #schema: (id: string, signal: AbortSignal) => Promise<string>;
  /** Null: a schema that nobody can read. */
  readonly #decoders = new Map<string, Decoder | null>();

  constructor(schema: (id: string, signal: AbortSignal) => Promise<string>) {
    this.#schema = schema;
  }

  /** @throws the error of a call for a schema that may well be answered the next time */
  async read(events: FetchResponse['events'], signal: AbortSignal): Promise<OrgEvent[]> {
    const read: OrgEvent[] = [];
    for (const { event } of events) {
      const decoder = await this.#decoder(event.schema_id, signal);
      read.push(decode(decoder, event.payload) ?? { kind: 'gap', object: event.schema_id });
    }
    return read;
  }

  async #decoder(id: string, signal: AbortSignal): Promise<Decoder | null> {
    const known = this.#decoders.get(id);
    if (known !== undefined) return known;
    const made = await this.#make(id, signal);
    this.#decoders.set(id, made);
    return made;
  }

  async #make(id: string, signal: AbortSignal): Promise<Decoder | null> {
    let json: string;
    try {
      json = await this.#schema(id, signal);
    } catch (error) {
      if (FINAL.has((error as ServiceError).code)) return null;
      throw error;
    }
    try {
      return decoderFor(json);
    } catch {
      return null;
    }
  }
}

function decode(decoder: Decoder | null, payload: Buffer): OrgEvent | null {
  try {
    return decoder?.decode(payload) ?? null;
  } catch {
    return null;
  }
}
