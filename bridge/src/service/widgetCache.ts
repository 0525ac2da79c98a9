import { allowanceAt, whySpent, type Allowance } from '../core/widget/allowance.ts';
import type { ApiUsage } from '../ports/org.ts';
import type { WidgetAnswer } from './readWidget.ts';

/** A page that is opened again within this time is the same one. */
const FRESH_MS = 10_000;
/** Reads under way; one more is told to come back. */
const AT_ONCE = 8;
/** Nobody looks at an empty page for longer. */
const PATIENCE_MS = 20_000;

export type WidgetCacheOptions = {
  readonly read: (caseId: string) => Promise<WidgetAnswer>;
  readonly usage: () => ApiUsage | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly patienceMs?: number;
};

const refused = (refusal: 'spent' | 'busy' | 'noSalesforce'): WidgetAnswer => ({ shown: false, refusal });

/**
 * Reads for many, and spends little: a case is read once for all who ask within some seconds, few at a time, and as
 * often as the widget's part of the day's calls allows.
 */
export function cachedWidget(options: WidgetCacheOptions): (caseId: string) => Promise<WidgetAnswer> {
  const { read, usage, now, patienceMs = PATIENCE_MS } = options;
  const known = new Map<string, { readonly at: number; readonly answer: Promise<WidgetAnswer> }>();
  let allowance: Allowance | null = null;
  let running = 0;

  function begin(caseId: string): Promise<WidgetAnswer> {
    running += 1;
    const answer = read(caseId).finally(() => {
      running -= 1;
    });
    for (const [id, { at }] of known) if (now() >= at + FRESH_MS) known.delete(id);
    known.set(caseId, { at: now(), answer });
    // What failed for a reason that nobody foresaw is tried anew.
    answer.catch(() => known.delete(caseId));
    return answer;
  }

  return (caseId) => {
    const last = known.get(caseId);
    if (last && now() < last.at + FRESH_MS) return patient(last.answer, patienceMs);
    if (running >= AT_ONCE) return Promise.resolve(refused('busy'));
    allowance = allowanceAt(allowance, usage(), now());
    if (whySpent(allowance, usage()) !== null) return Promise.resolve(refused('spent'));
    allowance = { ...allowance, left: allowance.left - 1 };
    return patient(begin(caseId), patienceMs);
  };
}

/** The answer, or that there is none yet; the read goes on. */
async function patient(answer: Promise<WidgetAnswer>, patienceMs: number): Promise<WidgetAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<WidgetAnswer>((resolve) => {
    timer = setTimeout(() => resolve(refused('noSalesforce')), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
