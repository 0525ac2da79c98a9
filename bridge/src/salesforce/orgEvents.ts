import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceError } from '@grpc/grpc-js';
import type { OrgEvents, StreamEnd } from '../ports/org.ts';
import { EventReader } from './eventReader.ts';
import { PubSubChannel, type FetchResponse, type FetchStream, type Identity } from './pubsub.ts';
import type { Session } from './session.ts';
import { streamEnd } from './streamEnd.ts';

/** Events asked for and not yet come, at most; more are asked for when half of them are there. */
const WINDOW = 100;
/** Salesforce promises a sign of life every 270 s. */
const SILENCE_MS = 300_000;
const SCHEMA_DEADLINE_MS = 30_000;
/** Events that come one by one are handed over together: each batch costs a write to the disk. */
const GATHER_MS = 20;

export type OrgEventsOptions = {
  readonly url: string;
  readonly silenceMs?: number;
  readonly schemaDeadlineMs?: number;
};
type Identified = Pick<Session, 'accessToken' | 'instanceUrl' | 'orgId' | 'canRenew' | 'renew'>;

/** Subscriptions over the Pub/Sub API. */
export function orgEventsOver(
  session: Identified,
  options: OrgEventsOptions,
): { events: OrgEvents; close(): void } {
  const channel = new PubSubChannel(options.url);
  const identity = (): Identity => ({
    accessToken: session.accessToken,
    instanceUrl: session.instanceUrl,
    orgId: session.orgId,
  });
  const deadlineMs = options.schemaDeadlineMs ?? SCHEMA_DEADLINE_MS;
  const reader = new EventReader((id, signal) => channel.schema(identity(), id, deadlineMs, signal));
  const events: OrgEvents = {
    subscribe: async (subscription) => {
      if (subscription.signal.aborted) return { reason: 'stopped' };
      const stream = channel.subscribe(identity());
      const { silent, auth, ...end } = await read(
        stream,
        subscription,
        reader,
        options.silenceMs ?? SILENCE_MS,
      );
      if (silent) channel.reconnect();
      if (auth && session.canRenew) await session.renew().catch(() => undefined);
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
  reader: EventReader,
  silenceMs: number,
): Promise<StreamEnd & { auth?: true; silent?: true }> {
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
      const batch = await gathered(stream, response);
      await onBatch({ events: await reader.read(batch.events, signal), replayId: batch.replayId });
      asked -= batch.events.length;
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
    if (silent) return { reason: 'failed', message: `nothing came for ${silenceMs / 1_000} s`, silent: true };
    return streamEnd(error as ServiceError);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    stream.cancel();
  }
}

type Gathered = { readonly events: FetchResponse['events']; readonly replayId: Buffer };

/** A response with those that follow it at once, as far as more events are on their way. */
async function gathered(stream: FetchStream, first: FetchResponse): Promise<Gathered> {
  const responses = [first];
  const count = () => responses.reduce((sum, { events }) => sum + events.length, 0);
  if (count() > 0 && count() < WINDOW / 2) await pause(GATHER_MS);
  while (count() < WINDOW) {
    const next = stream.read() as FetchResponse | null;
    if (next === null) break;
    responses.push(next);
  }
  const last = responses.at(-1) ?? first;
  return {
    events: responses.flatMap(({ events }) => events),
    replayId: last.events.at(-1)?.replay_id ?? last.latest_replay_id,
  };
}
