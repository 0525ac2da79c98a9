import type { SideName } from '../core/mergeFields.ts';
import type { Base } from '../core/values.ts';
import type { Decided } from './situation.ts';
import type { Engine } from './engine.ts';
import { entry, failed, type Result, GONE } from './result.ts';

type ToLink = {
  readonly item: Pick<Decided, 'pair' | 'situation'>;
  readonly salesforceId: string;
  readonly deskId: string;
  readonly rule: string;
  readonly base?: Base;
  /** The sides where a record was made. */
  readonly wrote?: readonly SideName[];
};

/** Ties records that match: the row in Salesforce first, whose unique keys say no to a second link. */
export async function linkPairs(engine: Engine, items: readonly Decided<'link'>[]): Promise<Result[]> {
  return writeLinks(
    engine,
    items.map((item) => ({
      item,
      salesforceId: item.pair.salesforceId ?? item.decision.otherId,
      deskId: item.pair.deskId ?? item.decision.otherId,
      rule: item.decision.rule,
    })),
  );
}

export async function writeLinks(engine: Engine, links: readonly ToLink[]): Promise<Result[]> {
  if (links.length === 0) return [];
  const written = await engine.org.createLinks(
    links.map(({ item, salesforceId, deskId }) => ({
      pair: item.situation.pair,
      deskId,
      recordId: salesforceId,
      deskUrl: engine.desk.webUrl(item.situation.pair, deskId),
    })),
  );
  return links.map(({ item, salesforceId, deskId, rule, base, wrote = [] }, index) => {
    const answer = written[index];
    const { pair } = item;
    if (answer?.outcome === 'done') {
      return {
        settlement: {
          kind: 'linked',
          pair,
          salesforceId,
          deskId,
          linkId: answer.id,
          ...(base ? { base } : {}),
          wrote,
        },
        log: [entry({ ...pair, salesforceId, deskId }, 'info', rule, 'Linked.')],
      };
    }
    // Somebody linked one of the two first: the next round finds that link.
    if (answer?.outcome === 'taken') return failed(engine, pair, { ...answer.failure, class: 'busy' });
    return failed(engine, pair, answer?.outcome === 'refused' ? answer.failure : GONE);
  });
}
