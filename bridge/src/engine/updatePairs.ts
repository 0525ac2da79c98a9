import { canRetry, type Failure } from '../core/failure.ts';
import { deskValues, salesforceValues, seenInDesk, writableFields } from '../core/fieldMap.ts';
import { keptText, notCarriedText } from '../core/explainDecision.ts';
import type { Conflict, SideName } from '../core/mergeFields.ts';
import { OBJECT_OF, type SalesforceObject } from '../core/pair.ts';
import { fittingPerson, isPerson, onAccount } from '../core/personAccounts.ts';
import { fingerprint, type Values } from '../core/values.ts';
import type { DeskRecord } from '../ports/helpDesk.ts';
import type { LinkChange, SalesforceFields, SalesforceRecord } from '../ports/org.ts';
import type { Decided } from './situation.ts';
import type { Engine } from './engine.ts';
import { answerTo, entry, failed, failing, type Result } from './result.ts';
import { tellLinks } from './tellLinks.ts';

/** A parent that is being made is there soon; one that waits for somebody is asked about now and then. */
const PARENT_MS = 500;
const STUCK_MS = 15 * 60_000;

type Item = Decided<'update'> | Decided<'nothing'>;
type Progress = {
  salesforce: SalesforceRecord;
  desk: DeskRecord;
  failure: Failure | null;
  /** What its link was told. */
  told: LinkChange | null;
  /** Why its link could not be told, for good. */
  untold: Failure | null;
};

/** Writes what a merge found, both ways, then the links, and records what each side holds now as the base. */
export async function updatePairs(engine: Engine, items: readonly Item[]): Promise<Result[]> {
  const progress = new Map<number, Progress>();
  for (const { pair, situation } of items) {
    if (!situation.salesforce || !situation.desk) continue;
    progress.set(pair.row, {
      salesforce: situation.salesforce,
      desk: situation.desk,
      failure: null,
      told: null,
      untold: null,
    });
  }
  await engine.store.intend(
    items.flatMap(({ pair, decision }) =>
      decision.do === 'update' && decision.written.length > 0
        ? [{ pair, intent: { do: 'write', fields: decision.written } as const }]
        : [],
    ),
  );
  await writeSalesforce(engine, items, progress);
  await writeDesk(engine, items, progress);
  await writeLinkRows(engine, items, progress);
  return items.flatMap((item) => {
    const state = progress.get(item.pair.row);
    return state ? [resultOf(engine, item, state)] : [];
  });
}

async function writeSalesforce(
  engine: Engine,
  items: readonly Item[],
  progress: Map<number, Progress>,
): Promise<void> {
  const writes = items.flatMap(({ pair, situation, decision }): SalesforceWrite[] => {
    const state = progress.get(pair.row);
    if (decision.do !== 'update' || !state || Object.keys(decision.toSalesforce).length === 0) return [];
    const { pair: kind, maps } = situation;
    const person = kind === 'customer' && isPerson(state.salesforce);
    const said = person ? fittingPerson(decision.toSalesforce) : decision.toSalesforce;
    const fields = writableFields(maps, said);
    const holds = { ...said, ...fields };
    // A person's contact can be written by its account alone.
    const target = person
      ? { object: 'Account' as const, id: String(state.salesforce['AccountId']), fields: onAccount(fields) }
      : { object: OBJECT_OF[kind], id: state.salesforce.Id, fields };
    return [{ state, ...target, holds }];
  });
  for (const object of new Set(writes.map((write) => write.object)))
    await writeObject(
      engine,
      object,
      writes.filter((write) => write.object === object),
    );
}

type SalesforceWrite = {
  readonly state: Progress;
  readonly object: SalesforceObject;
  readonly id: string;
  readonly fields: SalesforceFields;
  /** What the record holds then, by its own names. */
  readonly holds: SalesforceFields;
};

async function writeObject(
  engine: Engine,
  object: SalesforceObject,
  writes: readonly SalesforceWrite[],
): Promise<void> {
  const written = await engine.org.update(
    object,
    writes.map(({ id, fields }) => ({ id, fields })),
  );
  writes.forEach(({ state, holds }, index) => {
    const answer = written[index];
    if (answer?.outcome === 'done') state.salesforce = { ...state.salesforce, ...holds };
    // The next round sees that it is gone, or that the unique value is somebody else's.
    else if (answer?.outcome === 'refused' || answer?.outcome === 'taken') state.failure = answer.failure;
    else
      state.failure = {
        class: 'busy',
        code: 'GONE',
        message: 'The record in Salesforce was deleted meanwhile.',
      };
  });
}

async function writeDesk(
  engine: Engine,
  items: readonly Item[],
  progress: Map<number, Progress>,
): Promise<void> {
  const writes = items.flatMap(({ pair, situation, decision }) => {
    const state = progress.get(pair.row);
    if (decision.do !== 'update' || !state || Object.keys(decision.toDesk).length === 0) return [];
    return [{ state, kind: situation.pair, update: { id: state.desk.id, changes: decision.toDesk } }];
  });
  const [first] = writes;
  if (!first) return;
  // A round is of one kind of pair.
  const written = await engine.desk.update(
    first.kind,
    writes.map(({ update }) => update),
  );
  writes.forEach(({ state }, index) => {
    const answer = written[index];
    if (answer?.outcome === 'done') state.desk = answer.record;
    else if (answer?.outcome === 'refused' || answer?.outcome === 'taken') state.failure = answer.failure;
    else
      state.failure = { class: 'busy', code: 'GONE', message: 'The record in Desk was deleted meanwhile.' };
  });
}

async function writeLinkRows(
  engine: Engine,
  items: readonly Item[],
  progress: Map<number, Progress>,
): Promise<void> {
  const tellings = items.flatMap((item) => {
    const state = progress.get(item.pair.row);
    if (!state) return [];
    state.told = linkChange(engine, item, state);
    return state.told ? [{ pair: item.pair, linkId: item.link?.id ?? null, change: state.told }] : [];
  });
  for (const [row, failure] of await tellLinks(engine, tellings)) {
    const state = progress.get(row);
    if (!state) continue;
    // The pair comes again for it. What nobody can write stays unsaid: the records are in step all the same.
    if (canRetry(failure)) state.failure = failure;
    else state.untold = failure;
  }
}

function linkChange(engine: Engine, { decision, pair }: Item, { failure }: Progress): LinkChange | null {
  const answer = answerTo(pair);
  if (failure) return { ...failing(failure), ...answer };
  const lastSynced = new Date(engine.now()).toISOString();
  if (decision.do === 'nothing') {
    // An echo, or a sighting that changed nothing, costs no write. A link that says otherwise is set right,
    // and whoever asked gets an answer.
    const unsaid = pair.state === 'new' && decision.pending.length > 0;
    const stale =
      pair.state === 'failing' ||
      pair.state === 'excluded' ||
      pair.base === null ||
      pair.asked !== null ||
      unsaid;
    const lastError = decision.pending.length > 0 ? waiting(decision.pending) : null;
    return stale ? { status: 'In Step', lastError, failureCause: null, lastSynced, ...answer } : null;
  }
  // Two records that are compared for the first time differ by nobody's change: that is told by the log alone.
  const conflicts = pair.base === null ? [] : decision.conflicts;
  const said = [
    ...(decision.notCarried.length > 0 ? [notCarried(decision)] : []),
    ...(conflicts.length > 0 ? [conflicting(conflicts)] : []),
    ...(decision.pending.length > 0 ? [waiting(decision.pending)] : []),
  ];
  const lastError = said.length > 0 ? said.join(' ') : null;
  const status = conflicts.length > 0 ? 'Conflict' : 'In Step';
  const lastDirection = Object.keys(decision.toDesk).length > 0 ? 'Salesforce to Desk' : 'Desk to Salesforce';
  return { status, lastSynced, lastDirection, lastError, failureCause: null, ...answer };
}

const conflicting = (conflicts: readonly Conflict[]) => sentence(conflicts.map(keptText).join('. '));
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
const waiting = (fields: readonly string[]) =>
  `Not carried yet: ${fields.join(', ')}. Its counterpart is missing on the other side, or more than one matches it.`;
const notCarried = ({ notCarried: fields }: Decided<'update'>['decision']) =>
  `Not carried: ${notCarriedText(fields)}.`;

function resultOf(engine: Engine, { pair, situation, decision, link }: Item, state: Progress): Result {
  if (state.failure) return failed(engine, pair, state.failure);
  const before = situation.desk ? deskValues(situation.maps, situation.desk) : {};
  const after = deskValues(situation.maps, state.desk);
  const written = decision.do === 'update' ? decision.written.filter(({ to }) => to === 'desk') : [];
  // Only what we wrote is taken from the answer: another field that it shows changed may be an agent's
  // change since we looked, which is still to cross.
  const desk = {
    ...before,
    ...Object.fromEntries(written.map(({ field }) => [field, after[field] ?? null])),
  };
  const salesforce = salesforceValues(situation.maps, state.salesforce);
  const { pending, awaits, held } = decision;
  const open = [...pending, ...held];
  const deskSeen = seenInDesk(desk, situation.desk ?? state.desk);
  const base = {
    salesforce: asBefore(salesforce, pair.base?.salesforce, open),
    desk: asBefore(desk, pair.base?.desk, open),
    deskAt: state.desk.updatedAt,
    // What could not cross is looked at again, whatever is seen or not.
    ...(open.length === 0 ? { deskSeen } : {}),
  };
  const pause = awaits.length > 0 ? PARENT_MS : STUCK_MS;
  return {
    settlement: {
      kind: 'inStep',
      pair,
      salesforceId: state.salesforce.Id,
      deskId: state.desk.id,
      linkId: link?.id ?? null,
      base,
      salesforceSeen: fingerprint(salesforce),
      deskSeen,
      conversation: pair.conversation,
      againAt: pending.length > 0 ? engine.now() + pause : null,
      ...(state.told === null ? {} : { conflict: state.told.status === 'Conflict' }),
      wrote: decision.do === 'update' ? sidesWritten(decision) : [],
    },
    log: [...(decision.do === 'update' ? updateLog(pair, decision) : []), ...untoldLog(pair, state)],
  };
}

function sidesWritten({ toDesk, toSalesforce }: Decided<'update'>['decision']): SideName[] {
  return [
    ...(Object.keys(toDesk).length > 0 ? (['desk'] as const) : []),
    ...(Object.keys(toSalesforce).length > 0 ? (['salesforce'] as const) : []),
  ];
}

/** What could not cross stays as it was last in step, so that it still differs when its parent is there. */
function asBefore(values: Values, before: Values | undefined, pending: readonly string[]): Values {
  const kept = Object.entries(values).filter(([name]) => !pending.includes(name));
  const old = Object.entries(before ?? {}).filter(([name]) => pending.includes(name));
  return Object.fromEntries([...kept, ...old]);
}

function untoldLog(pair: Item['pair'], { untold }: Progress): Result['log'] {
  if (!untold) return [];
  return [
    entry(pair, 'error', untold.class, `Its link could not be written: ${untold.code}: ${untold.message}`),
  ];
}

const CONFLICT_LOG = { salesforce: 'salesforceWins', desk: 'deskWins' } as const;

function updateLog(pair: Item['pair'], decision: Decided<'update'>['decision']): Result['log'] {
  const toDesk = Object.keys(decision.toDesk);
  const toSalesforce = Object.keys(decision.toSalesforce);
  const crossed = [
    ...(toDesk.length > 0 ? [`to Desk: ${toDesk.join(', ')}`] : []),
    ...(toSalesforce.length > 0 ? [`to Salesforce: ${toSalesforce.join(', ')}`] : []),
  ];
  return [
    ...(crossed.length > 0 ? [entry(pair, 'info', decision.rule, crossed.join('; '))] : []),
    ...decision.conflicts.map((conflict) =>
      entry(pair, 'warn', CONFLICT_LOG[conflict.winner], conflicting([conflict])),
    ),
    ...(decision.notCarried.length > 0 ? [entry(pair, 'warn', decision.rule, notCarried(decision))] : []),
  ];
}
