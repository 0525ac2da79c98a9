// The bridge's inbox beside two job queues on the same PostgreSQL server, which do the same work: a key that is seen
// again while it waits is one job, one worker at a time has it, and up to 200 are claimed at once.
// Usage: inbox.bench.ts [keys] [sightings a key] [rounds]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hearQueries } from '../support/hearQueries.ts';
import { startPostgres } from '../support/postgres.ts';
import { median, report, type Figure } from './figures.ts';
import { A_CLAIM, graphileWorker, ours, pgBoss, type Inbox } from './inboxes.ts';

const KEYS = Number(process.argv[2] ?? 5_000);
const SIGHTINGS = Number(process.argv[3] ?? 4);
const ROUNDS = Number(process.argv[4] ?? 3);
const A_BATCH = 100;
const WORKERS = [1, 4] as const;
const MOST_WORKERS = 4;

const postgres = await startPostgres({ durable: true });
if (typeof postgres === 'string') throw new Error(postgres);
const folder = mkdtempSync(join(tmpdir(), 'inbox-bench-'));

/** Requests to the server so far, of every client in this process. */
let requests = 0;
hearQueries(() => {
  requests += 1;
});

type Measured = { readonly seconds: number; readonly requests: number };
async function measured(work: () => Promise<void>): Promise<Measured> {
  const before = requests;
  const started = performance.now();
  await work();
  return { seconds: (performance.now() - started) / 1_000, requests: requests - before };
}

/** All keys are seen in turn, over and over, before anybody works on them. */
async function seeAll(inbox: Inbox): Promise<void> {
  const keys = Array.from({ length: KEYS }, (_, n) => String(n + 1));
  for (let turn = 0; turn < SIGHTINGS; turn += 1)
    for (let start = 0; start < KEYS; start += A_BATCH) await inbox.see(keys.slice(start, start + A_BATCH));
}

const inboxes = [
  await ours({ kind: 'postgres', url: await postgres.newDatabase() }, MOST_WORKERS),
  await pgBoss(await postgres.newDatabase(), MOST_WORKERS),
  await graphileWorker(await postgres.newDatabase(), { serial: true }),
  await graphileWorker(await postgres.newDatabase(), { serial: false }),
  await ours({ kind: 'sqlite', folder }, 1),
] as const;
const [mine, ...others] = inboxes;

/** What each has done, by what it was; in turn, so that what the machine does besides falls on all of them. */
const results = new Map<string, Measured[]>();
const keep = (inbox: Inbox, what: string, result: Measured) =>
  results.set(`${inbox.name} ${what}`, [...(results.get(`${inbox.name} ${what}`) ?? []), result]);
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const workers of WORKERS) {
    for (const inbox of inboxes) {
      const seen = await measured(() => seeAll(inbox));
      const drained = await measured(() => inbox.drain(workers, KEYS));
      // The first round makes the rows, and warms everybody up.
      if (round === 0) continue;
      keep(inbox, 'in', seen);
      keep(inbox, `through ${workers}`, drained);
    }
  }
}

const of = (inbox: Inbox, what: string, value: (one: Measured) => number) =>
  median((results.get(`${inbox.name} ${what}`) ?? []).map(value));
const rate = (inbox: Inbox, what: string, count: number) => of(inbox, what, ({ seconds }) => count / seconds);
const trips = (inbox: Inbox, what: string, count: number) =>
  of(inbox, what, (one) => (one.requests / count) * 1_000);

function beside(other: Inbox, what: string, says: string, count: number): Figure[] {
  const [own, peer] = [rate(mine, what, count), rate(other, what, count)];
  return [
    {
      what: `${says}: our inbox, ${other.name}`,
      measured: own.toFixed(0),
      peer: peer.toFixed(0),
      ratio: (own / peer).toFixed(2),
    },
    ...(other.name.includes('SQLite')
      ? []
      : [
          {
            what: '  requests to PostgreSQL for a thousand',
            measured: trips(mine, what, count).toFixed(0),
            peer: trips(other, what, count).toFixed(0),
          },
        ]),
  ];
}

report({
  title: 'The inbox beside job queues',
  command: 'npm run bench:inbox',
  figures: others.flatMap((other) => [
    ...beside(other, 'in', 'sightings a second in', KEYS * SIGHTINGS),
    ...WORKERS.filter((workers) => workers === 1 || !other.name.includes('SQLite')).flatMap((workers) =>
      beside(other, `through ${workers}`, `pairs a second through, workers: ${workers}`, KEYS),
    ),
  ]),
  notes: [
    `${KEYS} keys, each seen ${SIGHTINGS} times in batches of ${A_BATCH} while it waits, then worked off, ${A_CLAIM} a claim. Medians of ${ROUNDS} rounds in turn, after one that warms up. One PostgreSQL server with its defaults, durable; all clients in one process, each worker with connections of its own.`,
    'Our inbox writes more of each pair: what both sides hold (the base), and what was seen of them.',
    'pg-boss: policy `stately` with a singletonKey, `insert`, `fetch` of 200 and `complete` of all of them.',
    'graphile-worker: job keys, batched completion and a local queue of 200, which its worker hands over one by one: a worker of it cannot claim 200 for one batched request. Serial per key takes a named queue a key, which the comments in its types advise against (values of high cardinality); the second line does without, and is not serial.',
  ],
});
for (const inbox of inboxes) await inbox.close();
await postgres.close();
rmSync(folder, { recursive: true });
