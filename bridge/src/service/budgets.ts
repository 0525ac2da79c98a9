import { affordable, PRIORITY } from '../core/spending.ts';
import type { Engine } from '../engine/engine.ts';
import type { RateState } from '../ports/helpDesk.ts';
import type { ApiUsage } from '../ports/org.ts';
import type { Health } from './health.ts';
import { runLoop } from './loops.ts';
import { Wake } from './wake.ts';

/** What each side still allows, for status and metrics. */
export type Budgets = { readonly salesforce: ApiUsage | null; readonly desk: RateState };

export function budgetsOf({ org, desk }: Pick<Engine, 'org' | 'desk'>): Budgets {
  return { salesforce: org.usage(), desk: desk.rate() };
}

/** While work waits for calls to come free, somebody has to look whether they have: it may be the only request. */
const LOOK_MS = 10 * 60_000;

const PAUSED: Readonly<Record<number, string>> = {
  [PRIORITY.live]: 'retries and the full sync wait',
  [PRIORITY.retry]: 'the full sync waits',
};

/** Says on the health what the day's calls leave no room for, and wakes the engine when they do again. */
export async function watchSpending(
  { engine, health, work }: { engine: Engine; health: Health; work: Wake },
  signal: AbortSignal,
): Promise<void> {
  await runLoop({
    name: 'salesforce calls',
    wake: new Wake(),
    health,
    signal,
    turn: async () => {
      const { org } = engine;
      const before = affordable(org.usage());
      if (before < PRIORITY.full) await org.limits();
      const usage = org.usage();
      const least = affordable(usage);
      if (least > before) work.ring();
      const share = usage ? Math.round((usage.used / Math.max(1, usage.max)) * 100) : 0;
      const paused = PAUSED[least];
      const detail = `${share} % of the daily calls are used${paused ? `: ${paused}` : ''}`;
      return { pauseMs: LOOK_MS, detail };
    },
  });
}
