import { RequestFailed } from '../core/failure.ts';
import { inLanes } from '../core/inLanes.ts';
import { LANES, refused } from '../http/eachAlone.ts';
import type { DeskNew, DeskRecord, DeskWrite } from '../ports/helpDesk.ts';
import type { Draft } from './create.ts';
import { findTickets } from './find.ts';
import { isMakingTickets } from './jobs.ts';
import { readMany } from './readMany.ts';
import { recordFrom } from './schemas.ts';
import type { Site } from './site.ts';
import { newTicketBody, type TakesSeveral } from './writeBody.ts';
import { written } from './writes.ts';

/** Keys that are tried one after the other: a ticket that was made by one and deleted keeps its key for two hours. */
const KEYS = 5;
/** Statuses that a ticket has only where it is somebody's. */
const ASSIGNED: ReadonlySet<string> = new Set(['solved', 'closed']);

/**
 * Makes tickets. Zendesk keeps their external ids not unique: of one that may have been made already, it is looked up
 * first, once no job is under way that may be about to make it.
 */
export async function newTickets(
  site: Site,
  records: readonly DeskNew[],
  several: TakesSeveral,
  create: (drafts: readonly Draft[]) => Promise<DeskWrite[]>,
): Promise<DeskWrite[]> {
  const isBusy = records.some(({ again }) => again) && (await isMakingTickets(site.http));
  const outcomes = await inLanes(records, LANES, (record) => settledBefore(site, record, isBusy));
  const open = records.filter((_, index) => outcomes[index] === null);
  const drafts = await inLanes(open, LANES, (record) => draftOf(site, record, several));
  const made = await create(drafts);
  return outcomes.map((settled) => settled ?? made.shift() ?? refused(NO_REQUESTER));
}

const NO_REQUESTER = {
  class: 'validation',
  code: 'NO_REQUESTER',
  message: 'A ticket in Zendesk needs a requester, and the case has no contact. Give it one.',
} as const;

/** What is known of a record without making it; null where it is to be made. */
async function settledBefore(
  site: Site,
  { changes: { externalId, customerId }, again }: DeskNew,
  isBusy: boolean,
): Promise<DeskWrite | null> {
  if (customerId === undefined) return refused(NO_REQUESTER);
  if (!again || typeof externalId !== 'string') return null;
  if (isBusy)
    return refused({
      class: 'busy',
      code: 'JOB_UNDER_WAY',
      message: 'Zendesk is still making tickets. Whether this one is among them is looked up after that.',
    });
  const [found] = await findTickets(site.http, externalId);
  if (!found) return null;
  const message = 'A ticket with this external id is there already.';
  return {
    outcome: 'taken',
    field: 'externalId',
    failure: { class: 'duplicate', code: 'EXTERNAL_ID', message },
  };
}

async function draftOf(site: Site, { changes }: DeskNew, several: TakesSeveral): Promise<Draft> {
  const agent = ASSIGNED.has(changes.status ?? '') ? await site.me() : null;
  const body = newTicketBody({ ...changes, customerId: changes.customerId ?? '' }, several, agent);
  return { body, externalId: changes.externalId ?? null };
}

/**
 * Makes one ticket under a key of its own, so that a repeat gives the same one. A ticket that was made by the key and
 * is deleted by now is not taken for it, nor one of other content: the next key is tried.
 */
export async function createTicket(site: Site, { body, externalId }: Draft): Promise<DeskWrite> {
  for (let attempt = 1; ; attempt += 1) {
    const key = externalId === null ? null : `desk-connect-${externalId}-${attempt}`;
    const headers: Record<string, string> = key === null ? {} : { 'idempotency-key': key };
    try {
      const answer = await site.http.request('POST', 'tickets', { ticket: body }, headers);
      if (answer.status >= 400) return await written(site, 'case', answer);
      const record = recordFrom('case', (answer.body as { ticket?: unknown } | null)?.ticket);
      const isHit = answer.headers.get('x-idempotency-lookup') === 'hit';
      if (!isHit) return done(site, { ...record, conversation: '1' } as DeskRecord);
      const there = (await readMany(site, 'case', [record.id], false)).get(record.id);
      if (there) return done(site, there);
    } catch (error) {
      if (!isOtherContent(error)) throw error;
      const [found] = externalId === null ? [] : await findTickets(site.http, externalId);
      if (found) return done(site, found);
    }
    if (attempt === KEYS || key === null) {
      const message =
        'Tickets of this case were made and deleted too often. Zendesk takes another one in two hours.';
      return refused({ class: 'busy', code: 'KEYS_USED', message, retryAfterMs: 2 * 3_600_000 });
    }
  }
}

const isOtherContent = (error: unknown) =>
  error instanceof RequestFailed && error.failure.code === 'IdempotentRequestError';

function done(site: Site, record: DeskRecord): DeskWrite {
  site.tickets.note([record]);
  return { outcome: 'done', record };
}
