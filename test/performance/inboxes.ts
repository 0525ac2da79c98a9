import { makeWorkerUtils, run, Logger } from 'graphile-worker';
import { PgBoss } from 'pg-boss';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import type { Base } from '@desk-connect/bridge/core/values.js';
import { openStore, type StoreLocation } from '@desk-connect/bridge/store/openStore.js';
import type { Pair, Settlement, Store } from '@desk-connect/bridge/store/store.js';

/** As many as a worker takes at once. */
export const A_CLAIM = 200;
const LEASE_MS = 600_000;
const QUEUE = 'pairs';

/** Something that remembers which pairs are to be looked at, each once however often it is seen. */
export type Inbox = {
  readonly name: string;
  /** Each key once in a call. */
  see(keys: readonly string[]): Promise<void>;
  /** Works off what waits, `expected` pairs, with so many workers on connections of their own. */
  drain(workers: number, expected: number): Promise<void>;
  close(): Promise<void>;
};

const BASE: Base = { salesforce: { subject: 'Subject' }, desk: { subject: 'Subject' } };
const inStep = (pair: Pair): Settlement => ({
  kind: 'inStep',
  pair,
  salesforceId: `500${pair.deskId}`,
  deskId: pair.deskId ?? '',
  linkId: `a00${pair.deskId}`,
  base: BASE,
  salesforceSeen: 'seen',
  deskSeen: 'seen',
  conversation: null,
  againAt: null,
});

/** The bridge's own. Where only one can have the store open, there is one worker. */
export async function ours(location: StoreLocation, workers: number): Promise<Inbox> {
  const store = await openStore(location, Date.now);
  const shared = store.shared
    ? await Promise.all(range(workers).map(() => openStore(location, Date.now)))
    : [];
  const stores = shared.length > 0 ? shared : [store];
  const work = async (own: Store) => {
    for (let claimed = await own.claim(A_CLAIM, LEASE_MS); claimed.length > 0;) {
      await own.settle(claimed.map(inStep), []);
      claimed = await own.claim(A_CLAIM, LEASE_MS);
    }
  };
  return {
    name: location.kind === 'postgres' ? 'our inbox' : 'our inbox on SQLite',
    see: async (keys) => {
      await store.sight(
        keys.map((id) => ({ pair: 'case', side: 'desk', id })),
        PRIORITY.live,
      );
    },
    drain: async (count) => {
      await Promise.all(stores.slice(0, count).map(work));
    },
    close: async () => {
      for (const one of new Set([store, ...stores])) await one.close();
    },
  };
}

/** Its policy `stately` has one job of a key waiting and one at work, and its fetch takes many at once. */
export async function pgBoss(url: string, workers: number): Promise<Inbox> {
  const bosses = range(workers + 1).map(() => new PgBoss({ connectionString: url, schedule: false }));
  const [first] = bosses;
  if (!first) throw new Error('no worker');
  for (const boss of bosses) await boss.start();
  await first.createQueue(QUEUE, { policy: 'stately', retryLimit: 0 });
  const work = async (boss: PgBoss) => {
    for (;;) {
      const jobs = await boss.fetch(QUEUE, { batchSize: A_CLAIM });
      if (jobs.length === 0) return;
      await boss.complete(
        QUEUE,
        jobs.map(({ id }) => id),
      );
    }
  };
  return {
    name: 'pg-boss',
    see: async (keys) => {
      await first.insert(
        QUEUE,
        keys.map((id) => ({ singletonKey: id, data: { id } })),
      );
    },
    drain: async (count) => {
      await Promise.all(bosses.slice(1, count + 1).map(work));
    },
    close: async () => {
      for (const boss of bosses) await boss.stop({ graceful: false });
    },
  };
}

/**
 * A job key has one job of it waiting; a queue of that name lets one of it run. It hands jobs over one by one, out of
 * a local queue that fetches many.
 */
export async function graphileWorker(url: string, { serial }: { readonly serial: boolean }): Promise<Inbox> {
  const logger = new Logger(() => () => undefined);
  const utils = await makeWorkerUtils({ connectionString: url, logger });
  await utils.migrate();
  return {
    name: serial ? 'graphile-worker, a queue a key' : 'graphile-worker, not serial',
    see: async (keys) => {
      await utils.addJobs(
        keys.map((id) => ({
          identifier: QUEUE,
          payload: { id },
          jobKey: id,
          ...(serial ? { queueName: id } : {}),
        })),
      );
    },
    drain: async (count, expected) => {
      const all = Promise.withResolvers<void>();
      let done = 0;
      const task = () => {
        done += 1;
        if (done === expected) all.resolve();
      };
      const runners = await Promise.all(
        range(count).map(() =>
          run({
            connectionString: url,
            logger,
            noHandleSignals: true,
            taskList: { [QUEUE]: task },
            preset: {
              worker: {
                concurrentJobs: 24,
                maxPoolSize: 10,
                localQueue: { size: A_CLAIM },
                completeJobBatchDelay: 0,
                failJobBatchDelay: 0,
              },
            },
          }),
        ),
      );
      await all.promise;
      for (const runner of runners) await runner.stop();
    },
    close: async () => {
      await utils.release();
    },
  };
}

const range = (count: number) => Array.from({ length: count }, (_, n) => n);
