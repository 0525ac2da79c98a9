import { createCase, updateCase } from '../../desk/cases.ts';
import { createCustomer } from '../../desk/customers.ts';
import type { BridgeProcess } from '../../support/bridgeProcess.ts';
import { waitFor } from '../../support/waitFor.ts';
import { createWorld } from '../../support/world.ts';
import { measureBusy, type Busy } from '../busy.ts';
import { slowDesk } from './slowDesk.ts';

const LONG_MS = 900_000;
const BATCH = 200;
/** Of Desk's priorities, 1 to 10. */
const MIDDLE = 5;
const POLL = { DESKCONNECT_POLL_SECONDS: '1' };

/** One burst, one way. */
export type Leg = {
  readonly perSecond: number;
  /** Calls of all bridges a change. */
  readonly salesforceCalls: number;
  readonly deskCalls: number;
  readonly busy: Busy;
};
export type Bursts = { readonly bridges: number; readonly toDesk: Leg; readonly toSalesforce: Leg };

/** Changes all of that many cases once on each side, for each number of bridges, on one store and one pair of systems. */
export async function measureThroughput(
  counts: readonly number[],
  cases: number,
  store: string,
): Promise<Bursts[]> {
  const world = await createWorld({ built: true });
  const { salesforce, desk, org } = world;
  const { state } = desk;
  try {
    const customer = createCustomer(state, { last_name: 'Bench' }, new URLSearchParams());
    const message = { direction: 'in', status: 'received', body: 'B' };
    for (let n = 0; n < cases; n += 1)
      createCase(
        state,
        { type: 'phone', subject: `Case ${n}`, status: 'open', priority: 5, message },
        customer.id,
      );
    const rested = async (bridge: BridgeProcess) => {
      const { pairs } = await bridge.status();
      return pairs['waiting'] === 0 && pairs['inStep'] === cases + 1;
    };
    const start = () =>
      world.startBridge({ DESKCONNECT_STORE: store, DESKCONNECT_START: 'everything', ...POLL });
    const first = await start();
    await waitFor('the first sync', () => rested(first), LONG_MS);
    await first.stop();
    slowDesk(desk);
    const ids = [...org.org.records.rows('Case').keys()];

    const leg = async (
      bridge: BridgeProcess,
      change: () => Promise<number>,
      arrived: () => boolean,
    ): Promise<Leg> => {
      await waitFor('rest', () => rested(bridge), LONG_MS);
      const calls = { salesforce: org.org.calls.length, desk: desk.calls.length };
      const busyUntil = measureBusy();
      const started = performance.now();
      const own = await change();
      await waitFor('the last change to arrive', arrived, LONG_MS);
      const seconds = (performance.now() - started) / 1_000;
      const busy = busyUntil();
      // What the bridges have still to do about it belongs to its calls.
      await waitFor('rest', () => rested(bridge), LONG_MS);
      return {
        perSecond: cases / seconds,
        salesforceCalls: (org.org.calls.length - calls.salesforce - own) / cases,
        deskCalls: (desk.calls.length - calls.desk) / cases,
        busy,
      };
    };
    const bursts: Bursts[] = [];
    for (const [turn, bridges] of counts.entries()) {
      const herd: BridgeProcess[] = [];
      while (herd.length < bridges) herd.push(await start());
      const [one] = herd;
      if (!one) throw new Error('A burst needs a bridge');
      const Priority = turn % 2 === 0 ? 'High' : 'Low';
      const toDesk = await leg(
        one,
        async () => {
          for (let at = 0; at < ids.length; at += BATCH) {
            const records = ids
              .slice(at, at + BATCH)
              .map((id) => ({ attributes: { type: 'Case' }, id, Priority }));
            await salesforce.requestPatch('/composite/sobjects', { allOrNone: true, records });
          }
          return Math.ceil(ids.length / BATCH);
        },
        () => state.tables.cases.every(({ priority }) => priority > MIDDLE === (Priority === 'High')),
      );
      const end = ` ${turn}`;
      const toSalesforce = await leg(
        one,
        () => {
          for (const row of state.tables.cases) updateCase(state, row, { subject: `Case ${row.id}${end}` });
          return Promise.resolve(0);
        },
        () => [...org.org.records.rows('Case').values()].every((row) => String(row['Subject']).endsWith(end)),
      );
      bursts.push({ bridges, toDesk, toSalesforce });
      for (const bridge of herd) await bridge.stop();
    }
    return bursts;
  } finally {
    await world.close();
  }
}
