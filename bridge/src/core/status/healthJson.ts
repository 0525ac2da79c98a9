import type { PairKind } from '../pair.ts';
import { HOUR_MS, hourOf, type FailureCause, type HourCounts, type PairCounts } from './facts.ts';
import { LONGEST_JSON, shorten } from './shorten.ts';

/** A part of the bridge; times in milliseconds since 1970. */
export type PartFacts = {
  readonly name: string;
  readonly state: 'up' | 'starting' | 'down';
  readonly since: number;
  readonly detail: string;
  /** When what it reads was last read to its end, or told to be quiet; null where it reads nothing. */
  readonly heardAt: number | null;
};

export type HealthFacts = {
  readonly now: number;
  readonly parts: readonly PartFacts[];
  readonly pairs: Readonly<Record<PairKind, PairCounts>>;
  readonly causes: readonly FailureCause[];
  readonly salesforce: { readonly used: number; readonly max: number } | null;
  readonly desk: { readonly left: number; readonly limit: number };
  readonly hours: readonly HourCounts[];
};

const SHOWN_HOURS = 24;
const CAUSES = 20;
/** More than a bridge has. */
const PARTS = 60;
const NAME = 100;

/** How much is said of each thing; where it is too much in all, less is said of it, of examples first. */
type Room = { readonly examples: number; readonly text: number; readonly detail: number };
const ROOMS: readonly Room[] = [
  { examples: 5, text: 200, detail: 500 },
  { examples: 5, text: 80, detail: 500 },
  { examples: 2, text: 80, detail: 200 },
  { examples: 1, text: 40, detail: 200 },
];
/** Fits whatever is said. */
const LEAST: Room = { examples: 0, text: 0, detail: 100 };
/** As many examples as are ever told. */
export const EXAMPLES = 5;

/** `Desk_Bridge__c.Health__c`: how the bridge is, as JSON that its field takes. */
export function healthJson(facts: HealthFacts): string {
  for (const room of ROOMS) {
    const json = JSON.stringify(healthOf(facts, room));
    if (json.length <= LONGEST_JSON) return json;
  }
  return JSON.stringify(healthOf(facts, LEAST));
}

function healthOf({ now, parts, pairs, causes, salesforce, desk, hours }: HealthFacts, room: Room) {
  return {
    version: 1,
    parts: parts.slice(0, PARTS).map(({ name, state, since, detail, heardAt }) => ({
      name: shorten(name, NAME),
      state,
      since: new Date(since).toISOString(),
      detail: shorten(detail, room.detail),
      lagSeconds: heardAt === null ? null : Math.max(0, Math.round((now - heardAt) / 1_000)),
    })),
    pairs,
    causes: causes.slice(0, CAUSES).map((cause) => ({
      class: cause.class,
      code: shorten(cause.code, NAME),
      pairs: cause.pairs,
      examples: cause.examples.slice(0, room.examples).map(({ pair, salesforceId, deskId, message }) => ({
        pair,
        recordId: salesforceId,
        deskId,
        text: shorten(message, room.text),
      })),
    })),
    budgets: {
      salesforce: salesforce && { used: salesforce.used, max: salesforce.max },
      desk: { left: desk.left, limit: desk.limit },
    },
    hours: lastHours(now, hours),
  };
}

/** The last 24 hours, the one that runs included, the oldest first; those in which nothing happened with zeros. */
function lastHours(now: number, hours: readonly HourCounts[]) {
  const counted = new Map(hours.map((hour) => [hour.at, hour]));
  return Array.from({ length: SHOWN_HOURS }, (_, index) => {
    const at = firstHour(now) + index * HOUR_MS;
    const { toDesk = 0, toSalesforce = 0, failed = 0 } = counted.get(at) ?? {};
    return { at: `${new Date(at).toISOString().slice(0, 19)}Z`, toDesk, toSalesforce, failed };
  });
}

/** When the first of the hours began that are shown. */
export function firstHour(now: number): number {
  return hourOf(now) - (SHOWN_HOURS - 1) * HOUR_MS;
}
