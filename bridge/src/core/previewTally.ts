import type { Decision } from './decide.ts';
import { PAIRS, type PairKind } from './pair.ts';

/** What a full sync would do with a pair, in one word. */
export const OUTCOMES = [
  'inStep',
  'update',
  'conflict',
  'link',
  'createInSalesforce',
  'createInDesk',
  'waits',
  'ambiguous',
  'parked',
  'excluded',
  'unlink',
  'unlinked',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Tally = Readonly<Record<PairKind, Readonly<Record<Outcome, number>>>>;

/** What a full sync would cost, about: the requests of reading, deciding and writing, rounded up. */
export type Cost = {
  readonly salesforceCalls: number;
  readonly deskCalls: number;
  /** At Desk's rate limit, which is what takes the time. */
  readonly minutes: number;
  /** Change events that the writes to Salesforce make, each delivered to this bridge. */
  readonly events: number;
};

/** The outcome of a decision; null for a record that is gone and was never linked. */
export function outcomeOf(decision: Decision): Outcome | null {
  switch (decision.do) {
    case 'nothing':
      return 'inStep';
    case 'update':
      if (decision.conflicts.length > 0) return 'conflict';
      return decision.rule === 'deskClosed' && Object.keys(decision.toSalesforce).length === 0
        ? 'inStep'
        : 'update';
    case 'park':
      return decision.rule === 'ambiguous' ? 'ambiguous' : 'parked';
    case 'await':
    case 'inherit':
      return 'waits';
    case 'move':
      return 'link';
    case 'exclude':
      return 'excluded';
    case 'forget':
      return null;
    default:
      return decision.do;
  }
}

/** What is read with its page and asks for nothing more. */
const FREE: ReadonlySet<Outcome> = new Set(['inStep', 'unlinked', 'excluded']);

type Counts = Record<PairKind, Record<Outcome, number>>;

function noCounts(): Counts {
  const none = () => Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  return { company: none(), customer: none(), case: none() };
}

/** Counts outcomes, and what they cost. */
export class PreviewTally {
  readonly #counts = noCounts();
  #read = 0;
  #toDesk = 0;
  #toSalesforce = 0;
  #conversations = 0;

  /** @param conversation whether notes or replies of a case would be read */
  add(pair: PairKind, decision: Decision, conversation: boolean): void {
    const outcome = outcomeOf(decision);
    if (outcome === null) return;
    this.count(pair, outcome);
    if (FREE.has(outcome)) return;
    if (conversation) this.#conversations += 1;
    if (decision.do === 'createInSalesforce') this.#toSalesforce += 1;
    if (decision.do === 'createInDesk') this.#toDesk += 1;
    if (decision.do !== 'update') return;
    if (Object.keys(decision.toDesk).length > 0) this.#toDesk += 1;
    if (Object.keys(decision.toSalesforce).length > 0) this.#toSalesforce += 1;
  }

  count(pair: PairKind, outcome: Outcome): void {
    this.#counts[pair][outcome] += 1;
  }

  /** Records that were read on either side. */
  readRecords(count: number): void {
    this.#read += count;
  }

  get tally(): Tally {
    return this.#counts;
  }

  get records(): number {
    return this.#read;
  }

  /** @param deskLimit Desk's requests a minute */
  cost(deskLimit: number): Cost {
    const due = PAIRS.flatMap((pair) =>
      OUTCOMES.filter((outcome) => !FREE.has(outcome)).map((outcome) => this.#counts[pair][outcome]),
    ).reduce((sum, count) => sum + count, 0);
    const deskCalls = Math.ceil(this.#read / 100 + due / 25 + this.#toDesk + this.#conversations);
    const salesforceCalls = Math.ceil(this.#read / 2_000 + (due * 4) / 200 + this.#toSalesforce / 75);
    const minutes = Math.ceil(deskCalls / Math.max(1, deskLimit));
    return { salesforceCalls, deskCalls, minutes, events: this.#toSalesforce };
  }
}
