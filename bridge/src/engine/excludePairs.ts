import type { Engine } from './engine.ts';
import { answerTo, entry, type Result } from './result.ts';
import type { Decided } from './situation.ts';

/**
 * Leaves pairs alone that their rule leaves out, and says so: on the link and in the log once, in the inbox for
 * whoever asks. Their base stays, so that what changed meanwhile crosses when they come back.
 */
export async function excludePairs(engine: Engine, items: readonly Decided<'exclude'>[]): Promise<Result[]> {
  const rows = items.flatMap(({ pair, link, decision }) =>
    link && (pair.state !== 'excluded' || pair.asked !== null)
      ? [
          {
            id: link.id,
            change: {
              status: 'Excluded',
              lastError: decision.message,
              failureCause: 'excluded',
              ...answerTo(pair),
            } as const,
          },
        ]
      : [],
  );
  if (rows.length > 0) await engine.org.updateLinks(rows);
  return items.map(({ pair, link, decision }) => ({
    settlement: { kind: 'excluded', pair, why: decision.rule, message: decision.message, againAt: null },
    // That a record which was never in step stays out is what the rule is for, and no news.
    log: link && pair.state !== 'excluded' ? [entry(pair, 'info', decision.rule, decision.message)] : [],
  }));
}
