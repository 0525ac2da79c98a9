import { RequestFailed } from '../core/failure.ts';
import type { PairKind } from '../core/pair.ts';
import { eachAlone, refused } from '../http/eachAlone.ts';
import type { DeskNew, DeskWrite } from '../ports/helpDesk.ts';
import { createTicket, newTickets } from './createTickets.ts';
import { runJob } from './jobs.ts';
import { NAMES } from './schemas.ts';
import type { Site } from './site.ts';
import { newUserBody, writeBody, type Body, type TakesSeveral } from './writeBody.ts';
import { byJobs, SINGLES, written } from './writes.ts';

/** A record that is to be made, as it is sent. */
export type Draft = { readonly body: Body; readonly externalId: string | null };

/** Makes records: one or two by themselves, more by jobs. */
export async function createRecords(
  site: Site,
  pair: PairKind,
  records: readonly DeskNew[],
): Promise<DeskWrite[]> {
  try {
    const several = await site.takesSeveral(pair, records);
    if (pair === 'case')
      return await newTickets(site, records, several, (drafts) => createDrafts(site, pair, drafts));
    const drafts = records.map((record) => draftOf(pair, record, several));
    return await createDrafts(site, pair, drafts);
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    return records.map(() => refused(error.failure));
  }
}

function draftOf(pair: PairKind, { changes }: DeskNew, several: TakesSeveral): Draft {
  const body = pair === 'customer' ? newUserBody(changes, several) : writeBody(pair, changes, several);
  return { body, externalId: changes.externalId ?? null };
}

async function createDrafts(site: Site, pair: PairKind, drafts: readonly Draft[]): Promise<DeskWrite[]> {
  if (drafts.length <= SINGLES || (pair === 'customer' && !site.makesUsersByJob))
    return createAlone(site, pair, drafts);
  const { many } = NAMES[pair];
  const outcomes = await byJobs(site, pair, drafts, (some) =>
    runJob(site.http, 'POST', `${many}/create_many`, { [many]: some.map(({ body }) => body) }, some.length),
  );
  if (pair !== 'customer' || !outcomes.every(isForbidden)) return outcomes;
  // Bulk creation of users is off in an account until Zendesk's support switches it on.
  site.makesUsersByJob = false;
  return createAlone(site, pair, drafts);
}

const isForbidden = (outcome: DeskWrite) =>
  outcome.outcome === 'refused' && outcome.failure.class === 'permission';

function createAlone(site: Site, pair: PairKind, drafts: readonly Draft[]): Promise<DeskWrite[]> {
  const { one, many } = NAMES[pair];
  return eachAlone(drafts, async (draft) =>
    pair === 'case'
      ? createTicket(site, draft)
      : written(site, pair, await site.http.request('POST', many, { [one]: draft.body })),
  );
}
