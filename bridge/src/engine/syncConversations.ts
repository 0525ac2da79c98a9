import { decideConversation, type Entry, type EntryLink } from '../core/decideConversation.ts';
import { RequestFailed, type Failure } from '../core/failure.ts';
import type { Settlement } from '../store/store.ts';
import { DESK_LANES } from './createInDesk.ts';
import type { Engine } from './engine.ts';
import { inLanes } from './inLanes.ts';
import { entry, failed, type Result } from './result.ts';
import type { Decided } from './situation.ts';

type InStep = Extract<Settlement, { kind: 'inStep' }>;
type Talk = {
  readonly settlement: InStep;
  readonly notes: readonly Entry[];
  readonly comments: readonly Entry[];
  readonly links: readonly EntryLink[];
};
type Outcome = { readonly conversation: string; readonly crossed: readonly string[] } | Failure;

/**
 * Brings the notes of cases in step, for those where one came since the last time; the others cost nothing.
 * What cannot cross fails its case, which is tried again; the fields of the case are in step all the same.
 */
export async function syncConversations(
  engine: Engine,
  decided: readonly Decided[],
  updated: readonly Result[],
): Promise<Result[]> {
  const due = updated
    .map(({ settlement }) => settlement)
    .filter((settlement): settlement is InStep => isDue(settlement, decided));
  if (due.length === 0) return [...updated];
  const outcomes = new Map<number, Outcome>();
  for (const talk of await read(engine, due, decided)) {
    outcomes.set(talk.settlement.pair.row, await syncOne(engine, talk));
  }
  await tellLinks(engine, due, outcomes);
  return updated.map((result) => withOutcome(engine, result, outcomes.get(result.settlement.pair.row)));
}

function notesInDesk(settlement: InStep, decided: readonly Decided[]): number {
  const desk = decided.find(({ pair }) => pair.row === settlement.pair.row)?.situation.desk;
  return desk?.pair === 'case' ? desk.notesCount : 0;
}

function isDue(settlement: Settlement, decided: readonly Decided[]): boolean {
  if (settlement.kind !== 'inStep' || settlement.pair.pair !== 'case') return false;
  return settlement.pair.conversation !== String(notesInDesk(settlement, decided));
}

async function read(engine: Engine, due: readonly InStep[], decided: readonly Decided[]): Promise<Talk[]> {
  const inSalesforce = await engine.org.conversations(due.map(({ salesforceId }) => salesforceId));
  const talks: Talk[] = [];
  await inLanes(due, DESK_LANES, async (settlement) => {
    const notes = notesInDesk(settlement, decided) > 0 ? await engine.desk.notes(settlement.deskId) : [];
    const { comments = [], links = [] } = inSalesforce.get(settlement.salesforceId) ?? {};
    talks.push({ settlement, notes: notes ?? [], comments, links });
  });
  return talks;
}

async function syncOne(engine: Engine, { settlement, notes, comments, links }: Talk): Promise<Outcome> {
  const { toSalesforce, toDesk, toLink } = decideConversation(notes, comments, links);
  const caseId = settlement.salesforceId;
  try {
    const linked = await engine.org.createNoteLinks(toLink.map((link) => ({ caseId, ...link })));
    const made = await engine.org.createComments(toSalesforce.map((note) => ({ caseId, ...note })));
    // A key that is taken is one of ours, made before a crash: there is nothing left to do.
    const refused = [...linked, ...made].find((answer) => answer.outcome === 'refused');
    if (refused?.outcome === 'refused') return refused.failure;
    for (const comment of toDesk) {
      const written = await engine.desk.addNote(settlement.deskId, comment.body);
      if (written.outcome !== 'done') return written.outcome === 'refused' ? written.failure : GONE_IN_DESK;
      await engine.org.createNoteLinks([{ caseId, deskId: written.id, recordId: comment.id }]);
    }
  } catch (error) {
    if (error instanceof RequestFailed) return error.failure;
    throw error;
  }
  const crossed = [
    ...(toSalesforce.length > 0 ? [`${toSalesforce.length} notes to Salesforce`] : []),
    ...(toDesk.length > 0 ? [`${toDesk.length} comments to Desk`] : []),
  ];
  return { conversation: String(notes.length + toDesk.length), crossed };
}

/** A conversation that cannot cross stands on the link of its case. */
async function tellLinks(
  engine: Engine,
  due: readonly InStep[],
  outcomes: ReadonlyMap<number, Outcome>,
): Promise<void> {
  const rows = due.flatMap(({ linkId, pair }) => {
    const outcome = outcomes.get(pair.row);
    if (linkId === null || outcome === undefined || !('class' in outcome)) return [];
    return [
      {
        id: linkId,
        change: { status: 'Failing', lastError: `${outcome.code}: ${outcome.message}` } as const,
      },
    ];
  });
  if (rows.length > 0) await engine.org.updateLinks(rows);
}

const GONE_IN_DESK: Failure = {
  class: 'busy',
  code: 'GONE',
  message: 'The case in Desk was deleted meanwhile.',
};

function withOutcome(engine: Engine, result: Result, outcome: Outcome | undefined): Result {
  const { settlement, log } = result;
  if (outcome === undefined || settlement.kind !== 'inStep') return result;
  if ('class' in outcome) return failed(engine, settlement.pair, outcome);
  const said =
    outcome.crossed.length > 0
      ? [entry(settlement.pair, 'info', 'conversation', outcome.crossed.join('; '))]
      : [];
  return { settlement: { ...settlement, conversation: outcome.conversation }, log: [...log, ...said] };
}
