import { RequestFailed, type Failure } from '../core/failure.ts';
import { inLanes } from '../core/inLanes.ts';
import type { NoteWrite } from '../ports/helpDesk.ts';
import type { EntryTie } from '../ports/org.ts';
import type { Engine } from './engine.ts';
import type { TalkPlan } from './planTalk.ts';
import { CASES_AT_ONCE, type Refusals } from './talk.ts';

/** Makes what Salesforce lacks, of all conversations together, and ties what is the same already. */
export async function writeToSalesforce(engine: Engine, plans: readonly TalkPlan[]): Promise<Refusals> {
  const refusals: Refusals = new Map();
  const work = plans.flatMap((plan) => plan.toSalesforce.map((entry) => ({ plan, entry })));
  try {
    const ties = plans.flatMap((plan) => plan.ties.map((tie) => ({ plan, tie })));
    for (const [row, failure] of await tie(engine, ties)) refusals.set(row, failure);
    const written = work.length > 0 ? await engine.org.createEntries(work.map(({ entry }) => entry)) : [];
    work.forEach(({ plan }, index) => {
      const answer = written[index];
      // A key that is taken is one of ours, made before a crash: there is nothing left to do.
      if (answer?.outcome === 'refused') refusals.set(rowOf(plan), answer.failure);
    });
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    for (const plan of plans)
      if (plan.toSalesforce.length + plan.ties.length > 0) refusals.set(rowOf(plan), error.failure);
  }
  return refusals;
}

/**
 * Makes what Desk lacks, case by case in order, then ties it. A bridge that dies before it has tied a new entry
 * finds it again by its words.
 */
export async function writeToDesk(engine: Engine, plans: readonly TalkPlan[]): Promise<Refusals> {
  const refusals: Refusals = new Map();
  const made: { plan: TalkPlan; tie: EntryTie }[] = [];
  await inLanes(plans, CASES_AT_ONCE, async (plan) => {
    const { salesforceId: caseId, deskId } = plan.talk.settlement;
    const add = (kind: EntryTie['kind'], recordId: string, written: NoteWrite): Failure | null => {
      if (written.outcome !== 'done') return written.outcome === 'gone' ? GONE_IN_DESK : written.failure;
      made.push({ plan, tie: { kind, caseId, deskId: written.id, recordId } });
      return null;
    };
    const failure = await asFailure(async () => {
      for (const { id, body } of plan.notesToDesk) {
        const refused = add('note', id, await engine.desk.addNote(deskId, body));
        if (refused) return refused;
      }
      for (const reply of plan.repliesToDesk) {
        const refused = add('interaction', reply.id, await engine.desk.addReply(deskId, reply));
        if (refused) return refused;
      }
      return null;
    });
    if (failure) refusals.set(rowOf(plan), failure);
  });
  const failure = await asFailure(async () => {
    for (const [row, refused] of await tie(engine, made)) refusals.set(row, refused);
    return null;
  });
  if (failure) for (const { plan } of made) refusals.set(rowOf(plan), failure);
  return refusals;
}

const rowOf = ({ talk }: TalkPlan) => talk.settlement.pair.row;

/** Returns, by the row of its case, why a tie was refused. One that is taken is there already, from before a crash. */
async function tie(
  engine: Engine,
  ties: readonly { readonly plan: TalkPlan; readonly tie: EntryTie }[],
): Promise<Refusals> {
  const refusals: Refusals = new Map();
  if (ties.length === 0) return refusals;
  const written = await engine.org.createEntryLinks(ties.map((one) => one.tie));
  ties.forEach(({ plan }, index) => {
    const answer = written[index];
    if (answer?.outcome === 'refused') refusals.set(rowOf(plan), answer.failure);
  });
  return refusals;
}

async function asFailure(work: () => Promise<Failure | null>): Promise<Failure | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RequestFailed) return error.failure;
    throw error;
  }
}

const GONE_IN_DESK: Failure = {
  class: 'busy',
  code: 'GONE',
  message: 'The case in Desk was deleted meanwhile.',
};
