import type { Engine } from './engine.ts';
import { answerTo, entry, failed, type Result } from './result.ts';
import type { Decided } from './situation.ts';
import { tellLinks } from './tellLinks.ts';

/**
 * Leaves pairs alone that their rule leaves out, and says so: on the link and in the log once, in the inbox for
 * whoever asks. Their base stays, so that what changed meanwhile crosses when they come back.
 */
export async function excludePairs(engine: Engine, items: readonly Decided<'exclude'>[]): Promise<Result[]> {
  const refused = await tellLinks(
    engine,
    items
      .filter(({ pair }) => pair.state !== 'excluded' || pair.asked !== null)
      .map(({ pair, link, decision }) => ({
        pair,
        linkId: link?.id ?? null,
        change: {
          status: 'Excluded',
          lastError: decision.message,
          failureCause: 'excluded',
          ...answerTo(pair),
        },
      })),
  );
  return items.map(({ pair, link, decision }) => {
    const failure = refused.get(pair.row);
    if (failure) return failed(engine, pair, failure);
    return {
      settlement: { kind: 'excluded', pair, why: decision.rule, message: decision.message, againAt: null },
      // That a record which was never in step stays out is what the rule is for, and no news.
      log: link && pair.state !== 'excluded' ? [entry(pair, 'info', decision.rule, decision.message)] : [],
    };
  });
}
