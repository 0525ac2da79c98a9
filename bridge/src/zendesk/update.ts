import { RequestFailed, type Failure } from '../core/failure.ts';
import type { PairKind } from '../core/pair.ts';
import { eachAlone, refused } from '../http/eachAlone.ts';
import type { DeskUpdate, DeskWrite } from '../ports/helpDesk.ts';
import { setEmails } from './identities.ts';
import { runJob } from './jobs.ts';
import { readMany } from './readMany.ts';
import { wantsAssignee } from './refusal.ts';
import { NAMES } from './schemas.ts';
import type { Site } from './site.ts';
import { overLimit } from './tooOften.ts';
import { writeBody, type Body } from './writeBody.ts';
import { byJobs, SINGLES, written } from './writes.ts';

type Change = { readonly id: string; readonly body: Body };
type Outcomes = Map<string, DeskWrite>;

/** Changes records: one or two by themselves where their limit allows, all others by jobs. */
export async function updateRecords(
  site: Site,
  pair: PairKind,
  records: readonly DeskUpdate[],
): Promise<DeskWrite[]> {
  const outcomes: Outcomes = new Map();
  const open = () => records.filter(({ id }) => !outcomes.has(id));
  try {
    const several = await site.takesSeveral(pair, records);
    if (pair === 'customer') {
      await spareStaff(site, records, outcomes);
      await changeEmails(site, open(), outcomes);
    }
    const changes = open().map(({ id, changes: sent }) => ({ id, body: writeBody(pair, sent, several) }));
    const asItIs = changes.filter(({ body }) => Object.keys(body).length === 0);
    await keep(site, pair, asItIs, outcomes);
    const rest = changes.filter(({ id }) => !outcomes.has(id));
    await (pair === 'case' ? writeTickets(site, rest, outcomes) : write(site, pair, rest, outcomes));
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    for (const { id } of open()) outcomes.set(id, refused(error.failure));
  }
  return records.map(({ id }) => outcomes.get(id) ?? { outcome: 'gone' });
}

/** An agent's name and address are how he logs in and signs: nobody's contact changes them. */
async function spareStaff(site: Site, records: readonly DeskUpdate[], outcomes: Outcomes): Promise<void> {
  const unknown = records.filter(({ id }) => site.users.isStaff(id) === undefined);
  if (unknown.length > 0)
    await readMany(
      site,
      'customer',
      unknown.map(({ id }) => id),
      false,
    );
  for (const { id } of records) if (site.users.isStaff(id) === true) outcomes.set(id, refused(STAFF));
}

const STAFF: Failure = {
  class: 'permission',
  code: 'STAFF',
  message:
    'The user is an agent or an administrator of Zendesk, and Desk Connect changes none of them. Change the user in Zendesk, or unlink the contact.',
};

/** The addresses of users come first: where they are refused, the rest of the record stays as it is. */
async function changeEmails(site: Site, records: readonly DeskUpdate[], outcomes: Outcomes): Promise<void> {
  const changed = records.filter(({ changes }) => changes.emails !== undefined);
  const refusals = await eachAlone(
    changed,
    async ({ id, changes }) => (await setEmails(site.http, id, changes.emails ?? [])) ?? null,
  );
  for (const [index, { id }] of changed.entries()) {
    const refusal = refusals[index];
    if (refusal) outcomes.set(id, refusal);
  }
}

/** Records of which nothing else is to be written, as they are. */
async function keep(
  site: Site,
  pair: PairKind,
  records: readonly { readonly id: string }[],
  outcomes: Outcomes,
): Promise<void> {
  if (records.length === 0) return;
  const ids = records.map(({ id }) => id);
  const found = await readMany(site, pair, ids, false);
  for (const id of ids) {
    const record = found.get(id);
    outcomes.set(id, record ? { outcome: 'done', record } : { outcome: 'gone' });
  }
}

/** One ticket takes so many updates, and has to be somebody's before it is solved: then it becomes the caller's. */
async function writeTickets(site: Site, changes: readonly Change[], outcomes: Outcomes): Promise<void> {
  const due: Change[] = [];
  for (const change of changes) {
    const pause = site.http.limits.takeTicket(change.id);
    if (pause > 0) outcomes.set(change.id, refused(overLimit(pause)));
    else due.push(change);
  }
  await write(site, 'case', due, outcomes);
  const nobodys = due.filter(({ id }) => wantsAssignee(outcomes.get(id)));
  if (nobodys.length === 0) return;
  const assignee_id = await site.me();
  const assigned = nobodys.map(({ id, body }) => ({ id, body: { ...body, assignee_id } }));
  await write(site, 'case', assigned, outcomes);
}

async function write(
  site: Site,
  pair: PairKind,
  changes: readonly Change[],
  outcomes: Outcomes,
): Promise<void> {
  const { one, many } = NAMES[pair];
  const { http } = site;
  const alone = changes.length <= SINGLES && http.limits.take(one, changes.length);
  const told = alone
    ? await eachAlone(changes, async ({ id, body }) =>
        written(site, pair, await http.request('PUT', `${many}/${id}`, { [one]: body })),
      )
    : await byJobs(site, pair, changes, (some) =>
        runJob(
          http,
          'PUT',
          `${many}/update_many`,
          { [many]: some.map(({ id, body }) => ({ id: Number(id), ...body })) },
          some.length,
        ),
      );
  for (const [index, { id }] of changes.entries()) outcomes.set(id, told[index] ?? { outcome: 'gone' });
}
