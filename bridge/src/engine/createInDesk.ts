import type { Failure } from '../core/failure.ts';
import { RequestFailed } from '../core/failure.ts';
import { firstBase } from '../core/fieldMap.ts';
import type { Base } from '../core/values.ts';
import type { DeskWrite } from '../ports/helpDesk.ts';
import type { Decided } from './situation.ts';
import { inLanes } from './inLanes.ts';
import { writeLinks } from './linkPairs.ts';
import type { Engine } from './engine.ts';
import { failed, leftOut, type Result } from './result.ts';

/** Requests to Desk that are under way at the same time; its rate limit, not its latency, is to be the bound. */
export const DESK_LANES = 8;

type Made = {
  readonly item: Decided<'createInDesk'>;
  readonly deskId: string;
  readonly base?: Base;
};

/**
 * Makes records in Desk, then their links. Customers and cases carry the Salesforce id as external id, and
 * a company's name is unique: when an answer is lost, the next round finds the record by it and links it.
 */
export async function createInDesk(
  engine: Engine,
  items: readonly Decided<'createInDesk'>[],
): Promise<Result[]> {
  const results: Result[] = [];
  const made: Made[] = [];
  // One that may have been made already was made of what it was then.
  const fresh = items.filter(({ pair }) => pair.intent === null);
  await engine.store.intend(
    fresh.map(({ pair, decision }) => ({ pair, intent: { do: 'make', base: decision.base } })),
  );
  await inLanes(items, DESK_LANES, async (item) => {
    const outcome = await createOne(engine, item);
    if ('deskId' in outcome) made.push(outcome);
    else results.push(failed(engine, item.pair, outcome));
  });
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

/**
 * What has the unique value already was made before a crash, or by an agent meanwhile. One with our id on it is
 * ours; any other is found by the next round, where it is a candidate like others.
 */
async function adopt(
  engine: Engine,
  item: Decided<'createInDesk'>,
  { field, failure }: Extract<DeskWrite, { outcome: 'taken' }>,
): Promise<Made | Failure> {
  const kind = item.situation.pair;
  const { salesforceId } = item.pair;
  if (field !== 'external_id' || kind === 'company' || salesforceId === null)
    return { ...failure, class: 'busy' };
  const [ours] = await engine.desk.find({ pair: kind, by: 'externalId', value: salesforceId });
  if (!ours) return { ...failure, class: 'busy' };
  const { intent } = item.pair;
  return { item, deskId: ours.id, ...(intent?.do === 'make' ? { base: intent.base } : {}) };
}

function withLeftOut(result: Result, item: Decided<'createInDesk'> | undefined): Result {
  return item ? { ...result, log: [...result.log, ...leftOut(item.pair, item.decision.notCarried)] } : result;
}

async function createOne(engine: Engine, item: Decided<'createInDesk'>): Promise<Made | Failure> {
  const { situation, decision, pair } = item;
  const mark = situation.pair === 'company' ? {} : { externalId: pair.salesforceId };
  try {
    const written = await engine.desk.create(situation.pair, { ...decision.draft, ...mark });
    if (written.outcome === 'done') {
      const { record } = written;
      const { maps, salesforce } = situation;
      const base = salesforce && firstBase(maps, salesforce, record, decision.pending);
      return { item, deskId: record.id, ...(base ? { base } : {}) };
    }
    if (written.outcome === 'taken') return await adopt(engine, item, written);
    return written.outcome === 'refused'
      ? written.failure
      : { class: 'gone', code: 'GONE', message: 'The parent in Desk is gone.' };
  } catch (error) {
    if (error instanceof RequestFailed) return error.failure;
    throw error;
  }
}
