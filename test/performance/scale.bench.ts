// What more bridges on one PostgreSQL bring, and what the death of one costs: changes a second each way with 1, 2 and 4
// processes while each request to Desk takes 50 ms longer, and the times until others have taken over what a killed one
// did. And how large the store becomes. Usage: scale.bench.ts [cases] [kills] [pairs of the large store]
import { startPostgres, type LocalPostgres } from '../support/postgres.ts';
import { percentile, report, type Figure } from './figures.ts';
import { measureDeaths, type Death } from './scale/deaths.ts';
import { caseRow, measureRowSizes } from './scale/rowSizes.ts';
import { LATENCY_MS } from './scale/slowDesk.ts';
import { measureThroughput, type Bursts, type Leg } from './scale/throughput.ts';

const CASES = Number(process.argv[2] ?? 4_000);
const KILLS = Number(process.argv[3] ?? 12);
const PAIRS = Number(process.argv[4] ?? 1_000_000);
const COUNTS = [1, 2, 4] as const;
const KILLED_OF = 4;
const RECOVERY_GOAL_MS = 15_000;
const SEED = Number(process.env['SCALE_SEED'] ?? Date.now() % 1e6);

const postgres = await startPostgres({ durable: true });
if (typeof postgres === 'string') throw new Error(postgres);
const { bursts, sizes, ends } = await measure(postgres);

async function measure(server: LocalPostgres) {
  try {
    const store = await server.newDatabase();
    return {
      bursts: await measureThroughput(COUNTS, CASES, store),
      sizes: await measureRowSizes(await server.newDatabase(), await caseRow(store), PAIRS),
      ends: await measureDeaths({
        bridges: KILLED_OF,
        kills: KILLS,
        store: await server.newDatabase(),
        seed: SEED,
      }),
    };
  } finally {
    await server.close();
  }
}

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
const legs = (way: string, of: (burst: Bursts) => Leg): Figure[] => {
  const alone = bursts[0] ? of(bursts[0]).perSecond : Number.NaN;
  return bursts.flatMap((burst) => {
    const { perSecond, salesforceCalls, deskCalls, busy } = of(burst);
    const bridges = `${burst.bridges} ${burst.bridges === 1 ? 'bridge' : 'bridges'}`;
    return [
      {
        what: `${way}, ${bridges}: changes a second (ratio: to 1 bridge)`,
        measured: perSecond.toFixed(0),
        ratio: (perSecond / alone).toFixed(2),
      },
      {
        what: `  calls a change: Salesforce, Desk`,
        measured: `${salesforceCalls.toFixed(4)}, ${deskCalls.toFixed(4)}`,
      },
      {
        what: '  busy: the process of the local org and Desk, the machine',
        measured: `${percent(busy.standIns)}, ${percent(busy.machine)}`,
      },
    ];
  });
};

const times = (of: (death: Death) => number | null) =>
  ends.deaths
    .map(of)
    .filter((ms) => ms !== null)
    .sort((a, b) => a - b);
const recovery = (what: string, all: readonly number[]): Figure => {
  const longest = all.at(-1) ?? Number.NaN;
  return {
    what: `${what}: p50, longest of ${all.length}`,
    measured: [percentile(all, 0.5), longest].map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(', '),
    goal: 'under 15 s',
    met: longest < RECOVERY_GOAL_MS,
  };
};
const none = (what: string, found: number): Figure => ({
  what,
  measured: String(found),
  goal: '0',
  met: found === 0,
});
const ms = (time: number) => `${time.toFixed(1)} ms`;
const indexes = [...sizes.indexes.values()].reduce((sum, bytes) => sum + bytes, 0);
for (const problem of [...ends.lost, ...ends.doubled, ...ends.unequal]) console.log(problem);

report({
  title: 'Several bridges on one PostgreSQL',
  command: `npm run bench:scale -- ${CASES} ${KILLS} ${PAIRS}`,
  figures: [
    ...legs('Salesforce to Desk', ({ toDesk }) => toDesk),
    ...legs('Desk to Salesforce', ({ toSalesforce }) => toSalesforce),
    recovery(
      'leader killed: until another captures',
      times(({ capturedAfter }) => capturedAfter),
    ),
    recovery(
      'killed with pairs in hand: until others may take them',
      times(({ freedAfter }) => freedAfter),
    ),
    recovery(
      '  until others have brought them in step',
      times(({ workedAfter }) => workedAfter),
    ),
    {
      what: 'pairs in hand of those that were killed',
      measured: String(ends.deaths.reduce((sum, { held }) => sum + held, 0)),
    },
    { what: 'what people did meanwhile', measured: String(ends.deeds) },
    none('lost', ends.lost.length),
    none('doubled', ends.doubled.length),
    none('unequal at the end', ends.unequal.length),
    none('e-mails sent', ends.emails),
    {
      what: `bytes a pair, of ${PAIRS}: table, indexes`,
      measured: `${sizes.table.toFixed(0)}, ${indexes.toFixed(0)}`,
    },
    ...[...sizes.indexes].map(([name, bytes]) => ({ what: `  ${name}`, measured: bytes.toFixed(0) })),
    {
      what: '  a claim of 400, recording how they ended',
      measured: [sizes.claimMs, sizes.settleMs].map(ms).join(', '),
    },
    {
      what: '  a batch of 100 sightings, a heartbeat',
      measured: [sizes.sightMs, sizes.beatMs].map(ms).join(', '),
    },
    {
      what: '  the counts of all pairs',
      measured: ms(sizes.countsMs),
    },
    {
      what: '  an upgrade: one more column, one more index',
      measured: `${ms(sizes.columnMs)}, ${ms(sizes.indexMs)}`,
    },
  ],
  notes: [
    `${CASES} cases changed once on each side. Each request to Desk takes ${LATENCY_MS} ms longer than to the local one, whose rate limit is lifted. PostgreSQL writes to the disk before it acknowledges. Desk is polled each second.`,
    'The local org and the local Desk run in one process on the same machine as the bridges and PostgreSQL. Where that process, or the machine, is busy nearly all of the time, it is what limits the figure, and not the bridges.',
    `One of ${KILLED_OF} bridges killed at a time, by turns the one that captures and another one, while people work (seed ${SEED}); it is replaced.`,
  ],
});
