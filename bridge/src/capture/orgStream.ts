import { pairOfObject } from '../core/pair.ts';
import { requestedAction } from '../core/requestedAction.ts';
import { bridgeRequest } from '../core/status/bridgeRequest.ts';
import type { OrgEvent, OrgEvents, StreamEnd } from '../ports/org.ts';
import { PRIORITY } from '../core/spending.ts';
import type { Sighting, Store } from '../store/store.ts';

export const TOPICS = ['/data/DeskConnect__chn', '/event/Desk_Signal__e'] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * A burst of changes of one record, or of many, is gathered for so long before it is looked at: one write, full
 * batches. With what the stream gathers itself, it is a tenth of a second.
 */
const GATHER_MS = 80;

/** The action of the signal that our flows on comments, e-mails and tasks send, with the case as its record. */
const COMMENTED = 'Commented';

/** The action of the signal that our flow on links sends to pages when the bridge has answered: our own echo. */
const ANSWERED = 'Answered';

const cursorName = (topic: Topic) => `stream ${topic}`;
const KEY_PREFIX: Readonly<Record<string, string>> = { '001': 'Account', '003': 'Contact', '500': 'Case' };

export type TopicHooks = {
  readonly onDue: () => void;
  /** Events are known to be missing: a sweep reads what they would have said. */
  readonly onGap: () => void;
  readonly onReady: () => void;
  /** A batch, or a keepalive, is in the inbox. */
  readonly onBatch: () => void;
  /** Somebody says that he has asked the bridge itself for something on that record. */
  readonly onAsked: (recordId: string) => void;
};

/**
 * Follows one topic until it ends. A batch is in the inbox, in one transaction with its replay id, before
 * more is asked for. The replay id is opaque: stored as it came.
 */
export async function followTopic(
  events: OrgEvents,
  store: Store,
  topic: Topic,
  hooks: TopicHooks,
  signal: AbortSignal,
): Promise<StreamEnd> {
  const cursor = await store.cursor(cursorName(topic));
  return events.subscribe({
    topic,
    from: cursor === null ? 'latest' : Buffer.from(cursor, 'base64'),
    onReady: hooks.onReady,
    onBatch: async ({ events: batch, replayId }) => {
      const value = Buffer.from(replayId).toString('base64');
      const cursors = [{ name: cursorName(topic), value }];
      const due = await store.sight(batch.flatMap(sightingsOf), PRIORITY.live, cursors, GATHER_MS);
      hooks.onBatch();
      if (batch.some((event) => event.kind === 'gap')) hooks.onGap();
      if (due > 0) hooks.onDue();
      for (const id of batch.flatMap(askedOn)) hooks.onAsked(id);
    },
    signal,
  });
}

/** Forgets a position that Salesforce does not take any more; the next subscription starts with what comes. */
export async function forgetPosition(store: Store, topic: Topic): Promise<void> {
  await store.forgetCursor(cursorName(topic));
}

/** The record of a signal that asks the bridge itself. */
function askedOn(event: OrgEvent): string[] {
  if (event.kind !== 'signal' || bridgeRequest(event.fields['Action__c'], null) === null) return [];
  const id = event.fields['Record_Id__c'];
  return typeof id === 'string' ? [id] : [];
}

function sightingsOf(event: OrgEvent): Sighting[] {
  switch (event.kind) {
    case 'change': {
      const pair = pairOfObject(event.object);
      const back = event.changeType.endsWith('UNDELETE') ? { exists: true as const } : {};
      return pair ? event.recordIds.map((id) => ({ pair, side: 'salesforce', id, ...back })) : [];
    }
    case 'signal': {
      const id = event.fields['Record_Id__c'];
      if (typeof id !== 'string') return [];
      const pair = pairOfObject(KEY_PREFIX[id.slice(0, 3)] ?? '');
      const action = event.fields['Action__c'];
      const asked = requestedAction(action);
      if (!pair || action === ANSWERED) return [];
      // A task may be about anything.
      if (action === COMMENTED)
        return pair === 'case' ? [{ pair, side: 'salesforce', id, commented: { stamp: null } }] : [];
      return [{ pair, side: 'salesforce', id, ...(asked ? { asked } : {}) }];
    }
    case 'gap':
      return [];
  }
}
