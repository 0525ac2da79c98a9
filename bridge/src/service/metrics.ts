import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Store } from '../store/store.ts';
import type { Health } from './health.ts';

/** The state of the bridge for Prometheus, read when it is asked for. Labels are ours, never content of a record. */
export function bridgeMetrics(health: Health, store: Store): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    samples: () => Promise<readonly (readonly [labels: Record<string, string>, value: number])[]>,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        for (const [labels, value] of await samples()) this.set(labels, value);
      },
    });
  gauge('deskconnect_pairs', 'Pairs by state.', ['state'], async () =>
    Object.entries(await store.counts()).map(([state, value]) => [{ state }, value]),
  );
  gauge('deskconnect_failing_pairs', 'Failing pairs by class and code.', ['class', 'code'], async () =>
    (await store.causes()).map(({ class: failureClass, code, pairs }) => [
      { class: failureClass, code },
      pairs,
    ]),
  );
  gauge('deskconnect_part_up', '1 while a part of the bridge works.', ['part'], () =>
    Promise.resolve(
      Object.entries(health.parts()).map(([part, { state }]) => [{ part }, state === 'up' ? 1 : 0]),
    ),
  );
  return registry;
}
