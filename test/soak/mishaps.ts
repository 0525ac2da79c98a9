import { SalesforceError } from '../org/records/errors.ts';
import type { Fault } from '../support/faults.ts';
import { endSessions } from '../support/jwtLogin.ts';
import type { Proxy } from '../support/proxy.ts';
import type { World } from '../support/world.ts';

/** What networks and platforms do to a bridge. */
export type Mishaps = {
  /** Lets one happen, whichever. */
  happen(): void;
  /** How often each has struck so far; those of requests wait for a request that they can strike. */
  readonly struck: ReadonlyMap<string, number>;
  /** None strikes any more. */
  end(): void;
};

/** The stretches of network between a bridge and both sides. */
export type Ways = { readonly pubsub: Proxy; readonly desk: Proxy };

const GRAPH = { method: 'POST', path: /composite\/graph/ };
const TOO_BUSY = {
  action: 'status',
  status: 503,
  body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Server too busy' }],
} as const;
const SLOW = { action: 'delay', ms: 3_000 } as const;

/** Faults strike the bridge alone: they match only what it sends, and never what people do here. */
const IN_DESK: Readonly<Record<string, Fault>> = {
  'Desk: made, and the answer lost': {
    match: { method: 'POST', body: /external_id/ },
    action: 'dropAfter',
  },
  'Desk: changed, and the answer lost': {
    match: { method: 'PATCH', body: /"(?:priority|title)"/ },
    action: 'dropAfter',
  },
  'Desk: note or reply stored, and the answer lost': {
    match: { method: 'POST', body: /"(?:Comment|E-mail) \d+"/ },
    action: 'dropAfter',
  },
  'Desk: 500 to a search': {
    match: { method: 'GET', path: /search$/ },
    action: 'status',
    status: 500,
    body: { message: 'Oops' },
  },
  'Desk: 502 with a page of HTML': {
    match: { method: 'GET' },
    action: 'status',
    status: 502,
    body: '<html><h1>502 Bad Gateway</h1></html>',
  },
  'Desk: connection broken off': { match: { method: 'GET' }, action: 'dropBefore' },
  'Desk: slow': { match: { method: 'GET' }, ...SLOW },
};
const IN_SALESFORCE: Readonly<Record<string, Fault>> = {
  'Salesforce: made, and the answer lost': { match: GRAPH, action: 'dropAfter' },
  'Salesforce: changed, and the answer lost': {
    match: { method: 'PATCH', path: /composite\/sobjects/ },
    action: 'dropAfter',
  },
  'Salesforce: link made, and the answer lost': {
    match: { method: 'POST', path: /composite\/sobjects$/, body: /Desk_Link__c/ },
    action: 'dropAfter',
  },
  'Salesforce: connection broken off': { match: GRAPH, action: 'dropBefore' },
  'Salesforce: 503 to a write': { match: GRAPH, ...TOO_BUSY },
  'Salesforce: 503 to a query': { match: { method: 'GET', path: /\/query$/ }, ...TOO_BUSY },
  'Salesforce: slow': { match: { path: /\/(?:query|composite)/ }, ...SLOW },
};
const LOCK = 'Salesforce: UNABLE_TO_LOCK_ROW';
/** A refusal for the rate limit is waited out to the end of Desk's minute, so that it would fill the run. */
const REFUSAL: Fault = {
  match: { method: 'GET' },
  action: 'status',
  status: 429,
  body: { message: 'Too Many Requests' },
};

/** How often one comes, beside the others. */
const OFTEN = 10;
const SOMETIMES = 4;
const SELDOM = 1;

/** Puts mishaps into a world that a bridge works in as that user, over those ways. */
export function mishapsOf(world: World, ways: Ways, username: string, random: () => number): Mishaps {
  const struck = new Map<string, number>();
  const count = (kind: string) => struck.set(kind, (struck.get(kind) ?? 0) + 1);
  const { org, pubsub } = world.org;
  const userId = org.userId(username);
  let locks = 0;
  org.afterSave.push((_change, transaction) => {
    if (locks === 0 || transaction.userId !== userId) return;
    locks -= 1;
    count(LOCK);
    throw new SalesforceError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record');
  });
  const all: { readonly weight: number; readonly happen: () => void }[] = [];
  const add = (weight: number, happen: () => void) => all.push({ weight, happen });
  for (const [of, faults] of [
    [world.desk.faults, { ...IN_DESK, 'Desk: 429': REFUSAL }],
    [org.faults, IN_SALESFORCE],
  ] as const) {
    for (const [kind, fault] of Object.entries(faults))
      add(fault === REFUSAL ? SELDOM : OFTEN, () => of.add({ ...fault, onStrike: () => count(kind) }));
  }
  add(OFTEN, () => {
    locks += 1;
  });
  const at = (weight: number, kind: string, happen: () => void) =>
    add(weight, () => {
      happen();
      count(kind);
    });
  at(SOMETIMES, 'events: streams broken off', () => pubsub.dropStreams());
  at(SOMETIMES, 'events: GOAWAY', () => pubsub.goAway());
  at(SOMETIMES, 'events: connection reset', () => ways.pubsub.reset());
  at(SOMETIMES, 'events: delivered again, the last one first', () => pubsub.bus.repeat(20));
  at(SOMETIMES, 'events: replay id no longer taken', () => {
    pubsub.bus.forget();
    pubsub.dropStreams();
  });
  at(SELDOM, 'events: connection half open', () => ways.pubsub.freeze());
  at(SOMETIMES, 'Desk: connections reset', () => ways.desk.reset());
  at(SELDOM, 'Desk: connections half open', () => ways.desk.freeze());
  at(SOMETIMES, 'Salesforce: sessions ended', () => {
    endSessions(world);
    pubsub.dropStreams();
  });
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  return {
    struck,
    happen: () => {
      let left = random() * total;
      all.find(({ weight }) => (left -= weight) < 0)?.happen();
    },
    end: () => {
      world.desk.faults.clear();
      org.faults.clear();
      locks = 0;
    },
  };
}
