import type { ServiceError } from '@grpc/grpc-js';
import type { OrgEvent, OrgEvents, StreamEnd } from '../ports/org.ts';
import { decoderFor, type Decoder } from './decodeEvent.ts';
import { PubSubChannel, type FetchResponse, type FetchStream, type Identity } from './pubsub.ts';
import type { Session } from './session.ts';
import { streamEnd } from './streamEnd.ts';

/** Events asked for and not yet come, at most; more are asked for when half of them are there. */
const WINDOW = 100;
/** Salesforce promises a sign of life every 270 s. */
const SILENCE_MS = 300_000;

export type OrgEventsOptions = { readonly url: string; readonly silenceMs?: number };

/** Subscriptions over the Pub/Sub API. */
export function orgEventsOver(
  session: Session,
  options: OrgEventsOptions,
): { events: OrgEvents; close(): void } {
  const channel = new PubSubChannel(options.url);
  const decoders = new Map<string, Decoder>();
  const identity = (): Identity => ({
    accessToken: session.accessToken,
    instanceUrl: session.instanceUrl,
    orgId: session.orgId,
  });
  const decoder = async (schemaId: string): Promise<Decoder> => {
    const known = decoders.get(schemaId);
    if (known) return known;
    const made = decoderFor(await channel.schema(identity(), schemaId));
    decoders.set(schemaId, made);
    return made;
  };
  const decode = async (response: FetchResponse): Promise<OrgEvent[]> => {
    const events: OrgEvent[] = [];
    for (const { event } of response.events) {
      const reader = await decoder(event.schema_id);
      try {
        events.push(reader.decode(event.payload));
      } catch {
        // An event that nobody can read must not stop the stream at its place for ever: a sweep reads the records.
        events.push({ kind: 'gap', object: event.schema_id });
      }
    }
    return events;
  };
  const events: OrgEvents = {
    subscribe: async (subscription) => {
      if (subscription.signal.aborted) return { reason: 'stopped' };
      const stream = channel.subscribe(identity());
      const end = await read(stream, subscription, decode, options.silenceMs ?? SILENCE_MS);
      if (end.auth && session.canRenew) await session.renew().catch(() => undefined);
      return end;
    },
  };
  return { events, close: () => channel.close() };
}

type Subscription = Parameters<OrgEvents['subscribe']>[0];

/** Reads one stream to its end. A batch is handed over and awaited before more is asked for. */
async function read(
  stream: FetchStream,
  { topic, from, onBatch, onReady, signal }: Subscription,
  decode: (response: FetchResponse) => Promise<OrgEvent[]>,
  silenceMs: number,
): Promise<StreamEnd & { auth?: true }> {
  let silent = false;
  let timer: NodeJS.Timeout | undefined;
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      silent = true;
      stream.cancel();
    }, silenceMs);
  };
  const stop = () => stream.cancel();
  signal.addEventListener('abort', stop);
  stream.once('metadata', () => onReady?.());
  // A cancelled stream emits its end as an error once more, after the loop below has gone.
  stream.on('error', () => undefined);
  const start =
    from === 'latest'
      ? { replay_preset: 'LATEST' as const }
      : from === 'earliest'
        ? { replay_preset: 'EARLIEST' as const }
        : { replay_preset: 'CUSTOM' as const, replay_id: from };
  stream.write({ topic_name: topic, num_requested: WINDOW, ...start });
  let asked = WINDOW;
  watch();
  try {
    for await (const response of stream as AsyncIterable<FetchResponse>) {
      // Silence is Salesforce's; the time that we take ourselves does not count.
      clearTimeout(timer);
      await onBatch({
        events: await decode(response),
        replayId: response.events.at(-1)?.replay_id ?? response.latest_replay_id,
      });
      asked -= response.events.length;
      if (asked <= WINDOW / 2) {
        stream.write({ topic_name: topic, num_requested: WINDOW - asked });
        asked = WINDOW;
      }
      watch();
    }
    return signal.aborted
      ? { reason: 'stopped' }
      : { reason: 'failed', message: 'Salesforce ended the stream' };
  } catch (error) {
    if (signal.aborted) return { reason: 'stopped' };
    if (silent) return { reason: 'failed', message: `nothing came for ${silenceMs / 1_000} s` };
    return streamEnd(error as ServiceError);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    stream.cancel();
  }
}
