import { RequestFailed, type Failure } from '../core/failure.ts';
import { firstBase } from '../core/fieldMap.ts';
import { inLanes } from '../core/inLanes.ts';
import type { Base } from '../core/values.ts';
import type { DeskWrite } from '../ports/helpDesk.ts';
import type { Decided } from './situation.ts';
import { writeLinks } from './linkPairs.ts';
import type { Engine } from './engine.ts';
import { failed, leftOut, type Result } from './result.ts';

/** Records that are looked for at the same time. */
const LANES = 8;

type Item = Decided<'createInDesk'>;
type Made = { readonly item: Item; readonly deskId: string; readonly base?: Base };
type NotMade = { readonly item: Item; readonly failure: Failure };

/**
 * Makes records in Desk, then their links. Each carries the Salesforce id as external id, or where its desk keeps none
 * is known by its name: when an answer is lost, the next round finds the record by it and links it.
 */
export async function createInDesk(engine: Engine, items: readonly Item[]): Promise<Result[]> {
  const [first] = items;
  if (!first) return [];
  // One that may have been made already was made of what it was then.
  const fresh = items.filter(({ pair }) => pair.intent === null);
  await engine.store.intend(
    fresh.map(({ pair, decision }) => ({ pair, intent: { do: 'make', base: decision.base } })),
  );
  // A round is of one kind of pair.
  const written = await engine.desk.create(
    first.situation.pair,
    items.map(({ pair, decision }) => ({
      changes: { ...decision.draft, externalId: pair.salesforceId },
      again: pair.intent !== null,
    })),
  );
  const outcomes = await inLanes([...items.entries()], LANES, ([index, item]) =>
    outcomeOf(engine, item, written[index]),
  );
  const results: Result[] = [];
  const made: Made[] = [];
  for (const outcome of outcomes) {
    if ('deskId' in outcome) made.push(outcome);
    else results.push(failed(engine, outcome.item.pair, outcome.failure));
  }
  const linked = await writeLinks(
    engine,
    made.map(({ item, deskId, base }) => ({
      item,
      salesforceId: item.pair.salesforceId ?? '',
      deskId,
      ...(base ? { base } : {}),
      rule: item.decision.rule,
      wrote: ['desk'],
    })),
  );
  const without = made.map(({ item, deskId }) => ({ ...item, pair: { ...item.pair, deskId } }));
  return [...results, ...linked.map((result, index) => withLeftOut(result, without[index]))];
}

function withLeftOut(result: Result, item: Item | undefined): Result {
  return item ? { ...result, log: [...result.log, ...leftOut(item.pair, item.decision.notCarried)] } : result;
}

async function outcomeOf(
  engine: Engine,
  item: Item,
  written: DeskWrite | undefined,
): Promise<Made | NotMade> {
  if (written?.outcome === 'taken') return adopt(engine, item, written);
  if (written?.outcome === 'refused') return { item, failure: written.failure };
  if (written?.outcome !== 'done') return { item, failure: PARENT_GONE };
  const { record } = written;
  const { maps, salesforce } = item.situation;
  const base = salesforce && firstBase(maps, salesforce, record, item.decision.pending);
  return { item, deskId: record.id, ...(base ? { base } : {}) };
}

const PARENT_GONE: Failure = { class: 'gone', code: 'GONE', message: 'The parent in Desk is gone.' };

/**
 * What has the unique value already was made before a crash, or by an agent meanwhile. One with our id on it is
 * ours; any other is found by the next round, where it is a candidate like others.
 */
async function adopt(
  engine: Engine,
  item: Item,
  { field, failure }: Extract<DeskWrite, { outcome: 'taken' }>,
): Promise<Made | NotMade> {
  const { salesforceId: value, intent } = item.pair;
  const again = { item, failure: { ...failure, class: 'busy' } } as const;
  if (field !== 'externalId' || value === null) return again;
  try {
    const [ours] = await engine.desk.find({ pair: item.situation.pair, by: 'externalId', value });
    if (!ours) return again;
    return { item, deskId: ours.id, ...(intent?.do === 'make' ? { base: intent.base } : {}) };
  } catch (error) {
    if (error instanceof RequestFailed) return { item, failure: error.failure };
    throw error;
  }
}
