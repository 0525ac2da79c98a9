import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../store/store.ts';
import type { Budgets } from './budgets.ts';
import type { Health } from './health.ts';

/** What Prometheus reads at `/metrics`. Labels are ours, never content of a record. */
export type Metrics = {
  /** A round of the engine that had work is over. */
  readonly round: (seconds: number) => void;
  /** A rule of Desk has called. */
  readonly hookCall: (outcome: string) => void;
  /** A page of the widget was asked for. */
  readonly widgetView: (outcome: string) => void;
  /** The same port, with its calls counted. */
  counted<T extends object>(side: 'salesforce' | 'desk', port: T): T;
  text(): Promise<string>;
  readonly contentType: string;
};

/** What a port answers without asking its side. */
const FREE: ReadonlySet<string | symbol> = new Set([
  'conversationAfter',
  'isSilent',
  'rate',
  'shareAmong',
  'startOf',
  'toldUpTo',
  'usage',
  'webUrl',
]);

/** Counters of their own; the store and the health are asked when somebody reads. */
export function createMetrics(health: Health, store: Store, budgets: () => Budgets): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const rounds = new Histogram({
    name: 'deskconnect_round_seconds',
    help: 'Duration of the rounds of the engine that had work.',
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300],
    registers,
  });
  const calls = new Counter({
    name: 'deskconnect_calls_total',
    help: 'What the engine and the capture asked of each side.',
    labelNames: ['side', 'call'],
    registers,
  });
  const hookCalls = new Counter({
    name: 'deskconnect_hook_calls_total',
    help: "Calls of Desk's rules by what became of them.",
    labelNames: ['outcome'],
    registers,
  });
  const widgetViews = new Counter({
    name: 'deskconnect_widget_views_total',
    help: 'Pages of the Salesforce widget by what they showed.',
    labelNames: ['outcome'],
    registers,
  });
  type Samples = readonly (readonly [labels: Record<string, string>, value: number])[];
  const gauge = (name: string, help: string, labelNames: string[], samples: () => Promise<Samples>) =>
    new Gauge({
      name: `deskconnect_${name}`,
      help,
      labelNames,
      registers,
      async collect() {
        this.reset();
        for (const [labels, value] of await samples()) this.set(labels, value);
      },
    });
  gauge('pairs', 'Pairs by state.', ['state'], async () =>
    Object.entries(await store.counts()).map(([state, value]) => [{ state }, value]),
  );
  gauge('failing_pairs', 'Failing pairs by class and code.', ['class', 'code'], async () =>
    (await store.causes()).map(({ class: failureClass, code, pairs }) => [
      { class: failureClass, code },
      pairs,
    ]),
  );
  gauge('part_up', '1 while a part of the bridge works.', ['part'], () =>
    Promise.resolve(
      Object.entries(health.parts()).map(([part, { state }]) => [{ part }, state === 'up' ? 1 : 0]),
    ),
  );
  gauge('part_lag_seconds', 'Time since a part had last read all that there was to read.', ['part'], () =>
    Promise.resolve(
      Object.keys(health.parts()).flatMap((part) => {
        const lag = health.lag(part);
        return lag === null ? [] : [[{ part }, lag / 1_000] as const];
      }),
    ),
  );
  gauge('salesforce_calls_share', "Part of Salesforce's daily calls that is used, 0 to 1.", [], () => {
    const { salesforce } = budgets();
    return Promise.resolve(salesforce ? [[{}, salesforce.used / Math.max(1, salesforce.max)]] : []);
  });
  gauge('desk_requests_left', "Requests that this bridge may still send in Desk's minute.", [], () =>
    Promise.resolve([[{}, budgets().desk.left]]),
  );
  return {
    round: (seconds) => {
      rounds.observe(seconds);
    },
    hookCall: (outcome) => {
      hookCalls.inc({ outcome });
    },
    widgetView: (outcome) => {
      widgetViews.inc({ outcome });
    },
    counted: (side, port) =>
      new Proxy(port, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function' || FREE.has(name)) return value;
          return (...given: unknown[]): unknown => {
            calls.inc({ side, call: String(name) });
            return Reflect.apply(value, target, given);
          };
        },
      }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
