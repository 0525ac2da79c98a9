import { RequestFailed, type Failure } from '../core/failure.ts';
import { seenInDesk } from '../core/fieldMap.ts';
import type { DeskCase } from '../ports/helpDesk.ts';
import type { Engine } from './engine.ts';
import { exchangeMessages, exchangeNotes } from './exchange.ts';
import { entry, failed, type Result } from './result.ts';
import type { Decided } from './situation.ts';
import { countsOf, dueCases, readTalks, type DueCase, type Talk } from './talk.ts';

type Outcome =
  { readonly desk: DeskCase; readonly unsent: boolean; readonly crossed: readonly string[] } | Failure;

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
  const outcomes = new Map<number, Outcome>();
  for (const talk of await readTalks(engine, due))
    outcomes.set(talk.settlement.pair.row, await syncOne(engine, talk));
  await tellLinks(engine, due, outcomes);
  return updated.map((result) => withOutcome(engine, result, outcomes.get(result.settlement.pair.row)));
}

async function syncOne(engine: Engine, talk: Talk): Promise<Outcome> {
  try {
    const notes = await exchangeNotes(engine, talk);
    if ('class' in notes) return notes;
    const messages = await exchangeMessages(engine, talk);
    if ('class' in messages) return messages;
    const { desk } = talk;
    return {
      desk: {
        ...desk,
        notesCount: desk.notesCount + notes.added,
        repliesCount: desk.repliesCount + messages.added,
      },
      unsent: talk.messages.some(({ unsent }) => unsent),
      crossed: [...notes.crossed, ...messages.crossed],
    };
  } catch (error) {
    if (error instanceof RequestFailed) return error.failure;
    throw error;
  }
}

/** A conversation that cannot cross stands on the link of its case. */
async function tellLinks(
  engine: Engine,
  due: readonly DueCase[],
  outcomes: ReadonlyMap<number, Outcome>,
): Promise<void> {
  const rows = due.flatMap(({ settlement: { linkId, pair } }) => {
    const outcome = outcomes.get(pair.row);
    if (linkId === null || outcome === undefined || !('class' in outcome)) return [];
    const lastError = `${outcome.code}: ${outcome.message}`;
    return [{ id: linkId, change: { status: 'Failing', lastError } as const }];
  });
  if (rows.length > 0) await engine.org.updateLinks(rows);
}

function withOutcome(engine: Engine, result: Result, outcome: Outcome | undefined): Result {
  const { settlement, log } = result;
  if (outcome === undefined || settlement.kind !== 'inStep') return result;
  if ('class' in outcome) return failed(engine, settlement.pair, outcome);
  const { desk, unsent, crossed } = outcome;
  const said = crossed.length > 0 ? [entry(settlement.pair, 'info', 'conversation', crossed.join('; '))] : [];
  const seen = seenInDesk(settlement.base.desk, desk);
  return {
    settlement: {
      ...settlement,
      // Sending a draft need not change what Desk counts: such a case is looked at whenever Desk tells of it.
      conversation: unsent ? null : countsOf(desk),
      deskSeen: unsent ? `${seen} unsent` : seen,
    },
    log: [...log, ...said],
  };
}
