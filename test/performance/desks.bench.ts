// What a change costs with each help desk: requests to either side a record, and changes a second, in a first sync and
// in bursts on either side. The servers refuse nobody for the rate; what the adapters keep by themselves holds.
// Usage: desks.bench.ts [records]
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { DeskKind } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import { createCase, updateCase } from '../desk/cases.ts';
import { createCustomer } from '../desk/customers.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, createZendeskWorld, type AnyWorld } from '../support/world.ts';
import { createTicket, updateTicket } from '../zendesk/tickets.ts';
import { createUser } from '../zendesk/users.ts';
import { report } from './figures.ts';

const RECORDS = Number(process.argv[2] ?? 2_000);
const LONG = 900_000;
const BATCH = 200;
const POLL_MS = 10_000;
const AGAIN = ' again';
/** What is there at the first sync is older than the minute that exports leave out. */
const HOUR_MS = 3_600_000;

type Side = {
  readonly world: AnyWorld;
  readonly calls: readonly object[];
  /** Makes the cases of one customer. */
  readonly seed: () => void;
  /** Somebody writes behind each subject. */
  readonly changeAll: () => void;
  readonly allHigh: () => boolean;
};
type Cost = { readonly aSecond: number; readonly salesforce: number; readonly desk: number };

const SIDES: Readonly<Record<DeskKind, () => Promise<Side>>> = {
  desk: async () => {
    const world = await createWorld({ built: true });
    const { state, calls } = world.desk;
    const message = { direction: 'in', status: 'received', body: 'B' };
    return {
      world,
      calls,
      seed: () => {
        const { id } = createCustomer(state, { last_name: 'Bench' }, new URLSearchParams());
        for (let n = 0; n < RECORDS; n += 1)
          createCase(
            state,
            { type: 'phone', subject: `Case ${n}`, status: 'open', priority: 5, message },
            id,
          );
      },
      changeAll: () => {
        for (const one of state.tables.cases) updateCase(state, one, { subject: one.subject + AGAIN });
      },
      allHigh: () => state.tables.cases.every(({ priority }) => priority === 8),
    };
  },
  zendesk: async () => {
    let ago = HOUR_MS;
    const world = await createZendeskWorld({ built: true, now: () => Date.now() - ago });
    const { zendesk } = world;
    const { tickets, users } = zendesk.state.tables;
    const boss = users.find(({ name }) => name === 'Boss') ?? assert.fail();
    return {
      world,
      calls: zendesk.calls,
      seed: () => {
        const { id } = createUser(zendesk, { name: 'Bench' }, boss);
        for (let n = 0; n < RECORDS; n += 1) {
          const ticket = { subject: `Case ${n}`, status: 'open', priority: 'normal', comment: { body: 'B' } };
          // The messages of a call are tasks, as in the cases of Desk here.
          createTicket(zendesk, { ...ticket, requester_id: id }, boss).channel = 'voice';
        }
        ago = 0;
      },
      changeAll: () => {
        for (const one of tickets) updateTicket(zendesk, one, { subject: `${one.subject}${AGAIN}` }, boss);
      },
      allHigh: () => tickets.every(({ priority }) => priority === 'high'),
    };
  },
};

async function measure({ world, calls, seed, changeAll, allHigh }: Side): Promise<Record<string, Cost>> {
  const { org, salesforce } = world;
  let own = 0;
  const cases = () => [...org.org.records.rows('Case').values()];
  const cost = async (
    work: () => Promise<void>,
    arrived: () => boolean | Promise<boolean>,
  ): Promise<Cost> => {
    const [orgBefore, deskBefore] = [org.org.calls.length, calls.length];
    own = 0;
    const began = performance.now();
    await work();
    await waitFor('all of it', arrived, LONG);
    const aSecond = RECORDS / ((performance.now() - began) / 1_000);
    // What a desk tells of our own writes comes with its next poll.
    await pause(POLL_MS + 2_000);
    await waitFor('quiet', atRest, LONG);
    return {
      aSecond,
      salesforce: (org.org.calls.length - orgBefore - own) / RECORDS,
      desk: (calls.length - deskBefore) / RECORDS,
    };
  };
  const atRest = async () => {
    const { pairs } = await bridge.status();
    return pairs['waiting'] === 0 && pairs['inStep'] === RECORDS + 1;
  };
  seed();
  const started = world.startBridge({
    DESKCONNECT_START: 'everything',
    DESKCONNECT_POLL_SECONDS: String(POLL_MS / 1_000),
  });
  const first = cost(async () => void (await started), atRest);
  const bridge = await started;
  const figures = { 'first sync': await first };
  const raise = async () => {
    const ids = cases().map(({ Id }) => Id);
    for (let start = 0; start < ids.length; start += BATCH) {
      const records = ids
        .slice(start, start + BATCH)
        .map((id) => ({ attributes: { type: 'Case' }, id, Priority: 'High' }));
      await salesforce.requestPatch('/composite/sobjects', { allOrNone: true, records });
      own += 1;
    }
  };
  const toDesk = await cost(raise, allHigh);
  const toSalesforce = await cost(
    () => Promise.resolve(changeAll()),
    () => cases().every((row) => String(row['Subject']).endsWith(AGAIN)),
  );
  assert.equal(world.side.refused(), 0);
  assert.deepEqual(world.side.emailed(), []);
  await world.close();
  return { ...figures, 'changes in Salesforce': toDesk, 'changes in the desk': toSalesforce };
}

const desk = await measure(await SIDES.desk());
const zendesk = await measure(await SIDES.zendesk());
report({
  title: 'Zendesk beside Desk',
  command: 'npm run bench:desks',
  figures: Object.keys(desk).flatMap((what) => {
    const [mine, other] = [zendesk[what], desk[what]];
    if (!mine || !other) return [];
    const line = (name: string, of: (cost: Cost) => string) => ({
      what: `${what} of ${RECORDS} cases: ${name}`,
      measured: of(mine),
      peer: of(other),
    });
    return [
      line('cases a second', ({ aSecond }) => aSecond.toFixed(0)),
      line('Salesforce calls a record', ({ salesforce }) => salesforce.toFixed(3)),
      line('calls to the desk a record', (cost) => cost.desk.toFixed(3)),
    ];
  }),
  notes: [
    '_Measured_ is with Zendesk, _peer_ with Desk. Calls include the polls and exports while it lasts, and those that tell of our own writes. Neither server refuses anybody for its rate here; the limits of single endpoints, which the adapter for Zendesk keeps by itself, hold.',
  ],
});
