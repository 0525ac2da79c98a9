import { canRetry, type Failure } from '../core/failure.ts';
import { seenInDesk } from '../core/fieldMap.ts';
import type { SideName } from '../core/mergeFields.ts';
import type { DeskCase } from '../ports/helpDesk.ts';
import type { Engine } from './engine.ts';
import { writeToDesk, writeToSalesforce } from './exchange.ts';
import { planTalk, type TalkPlan } from './planTalk.ts';
import { entry, failed, failing, type Result } from './result.ts';
import { tellLinks } from './tellLinks.ts';
import type { Decided } from './situation.ts';
import { dueCases, readTalks, type DueCase } from './talk.ts';

type Crossed = {
  readonly desk: DeskCase;
  readonly open: boolean;
  readonly crossed: readonly string[];
  readonly wrote: readonly SideName[];
};
type Outcome = Crossed | Failure;

/**
 * Brings the conversations of cases in step, for those where something came since the last time; the others
 * cost nothing. What cannot cross fails its case, which is tried again; the fields of the case are in step all
 * the same.
 */
export async function syncConversations(
  engine: Engine,
  decided: readonly Decided[],
  updated: readonly Result[],
): Promise<Result[]> {
  const due = dueCases(
    updated.map(({ settlement }) => settlement),
    decided,
  );
  if (due.length === 0) return [...updated];
  const { talks, refusals } = await readTalks(engine, due);
  const plans = talks.map(planTalk);
  await keepInMind(engine, plans, decided);
  const refused = await writeToSalesforce(engine, plans);
  const rest = plans.filter(({ talk }) => !refused.has(talk.settlement.pair.row));
  const failures = new Map([...refused, ...(await writeToDesk(engine, rest))]);
  const outcomes = new Map<number, Outcome>(refusals);
  for (const plan of plans) {
    const { row } = plan.talk.settlement.pair;
    outcomes.set(row, failures.get(row) ?? crossed(engine, plan));
  }
  const untold = await tellLinks(engine, failingCases(due, outcomes));
  for (const [row, failure] of untold) if (canRetry(failure)) outcomes.set(row, failure);
  return updated.map((result) => withOutcome(engine, result, outcomes.get(result.settlement.pair.row)));
}

/**
 * Desk has no key for a note or a reply: where the answer is lost, the next round has to see what is there. What Desk's
 * search says of a case may be older; with an intent, the case itself is asked for.
 */
async function keepInMind(
  engine: Engine,
  plans: readonly TalkPlan[],
  decided: readonly Decided[],
): Promise<void> {
  const intended = new Set(
    decided.flatMap(({ pair, decision }) =>
      pair.intent !== null || (decision.do === 'update' && decision.written.length > 0) ? [pair.row] : [],
    ),
  );
  const posting = plans.filter(
    ({ talk, notesToDesk, repliesToDesk }) =>
      notesToDesk.length + repliesToDesk.length > 0 && !intended.has(talk.settlement.pair.row),
  );
  await engine.store.intend(
    posting.map(({ talk }) => ({ pair: talk.settlement.pair, intent: { do: 'write', fields: [] } })),
  );
}

function crossed(
  engine: Engine,
  { talk, toSalesforce, notesToDesk, repliesToDesk, crossing, held }: TalkPlan,
): Crossed {
  const { desk, messages } = talk;
  const added = { notes: notesToDesk.length, replies: repliesToDesk.length };
  return {
    desk: { ...desk, conversation: engine.desk.conversationAfter(desk.conversation, added) },
    open: held || messages.some(({ unsent }) => unsent),
    crossed: crossing,
    wrote: [
      ...(notesToDesk.length + repliesToDesk.length > 0 ? (['desk'] as const) : []),
      ...(toSalesforce.length > 0 ? (['salesforce'] as const) : []),
    ],
  };
}

/** A conversation that cannot cross stands on the link of its case. */
function failingCases(due: readonly DueCase[], outcomes: ReadonlyMap<number, Outcome>) {
  return due.flatMap(({ settlement: { linkId, pair } }) => {
    const outcome = outcomes.get(pair.row);
    if (outcome === undefined || !('class' in outcome)) return [];
    return [{ pair, linkId, change: failing(outcome) }];
  });
}

function withOutcome(engine: Engine, result: Result, outcome: Outcome | undefined): Result {
  const { settlement, log } = result;
  if (outcome === undefined || settlement.kind !== 'inStep') return result;
  if ('class' in outcome) return failed(engine, settlement.pair, outcome);
  const { desk, open, crossed, wrote } = outcome;
  const said = crossed.length > 0 ? [entry(settlement.pair, 'info', 'conversation', crossed.join('; '))] : [];
  const seen = seenInDesk(settlement.base.desk, desk);
  return {
    settlement: {
      ...settlement,
      // Sending a draft need not change Desk's mark, nor a rule that lets more cross: such a case is looked at
      // whenever Desk tells of it.
      conversation: open ? null : desk.conversation,
      deskSeen: open ? `${seen} open` : seen,
      wrote: [...(settlement.wrote ?? []), ...wrote],
      base: { ...settlement.base, ...(settlement.againAt === null ? { deskSeen: seen } : {}) },
    },
    log: [...log, ...said],
  };
}
