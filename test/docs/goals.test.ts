import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { GOALS, goalOf } from '../performance/goals.ts';
import { linesOf, type Measured } from '../performance/peers/lines.ts';

const measured: Measured = {
  perSecond: 100,
  standIns: 0.5,
  calls: { salesforce: 0.01, desk: 1, events: 1 },
  again: 1,
  loads: [10, 50, 90].map((part) => ({ name: `${part} % load`, perSecond: part, times: [1] })),
};
const peers = new Map([
  ['gRPC', measured],
  ['CometD', measured],
]);
const besideRelays = [
  ...linesOf('to Desk, which answers in 50 ms', measured, peers, { goals: 'all' }),
  ...linesOf('to Salesforce, Desk answers in 50 ms', measured, peers, { goals: 'none' }),
].map(({ what }) => what);

const MILLION = '1,000,000 links';
/** The first cells of what the benchmarks print, by script and title of the report. */
const PRINTED: readonly (readonly [script: string, title: string, lines: readonly string[]])[] = [
  ['peers', 'Beside plain relays', besideRelays],
  [
    'sync',
    'Full sync and catch-up',
    [
      'full sync of 100000 cases, 135000 records: a second',
      'calls a record: Salesforce, Desk',
      'memory of the bridge after it',
      '75000 missed events of 7500 cases, caught up with: all in Desk',
      'full sync of 4000 cases at 300 calls a minute: share of them used, 14 minutes',
      'calls in it that Desk refused',
    ],
  ],
  [
    'links',
    MILLION,
    [
      'memory of the bridge, idle',
      '  after 10000 changes',
      '  of it not in files, idle and then',
      '  in the second half of the changes',
      'a change, 100,000 links',
      'a change, 1,000,000 links',
      '  processor, 1,000,000 links',
      '  calls, both sides, 1,000,000 links',
      'processor of an idle bridge, read every 5 s',
      'start until the first event is in the inbox',
      '  until it is in Desk',
      'recovery after kill -9: until it goes on writing',
    ],
  ],
  [
    'scale',
    'Several bridges on one PostgreSQL',
    [
      'leader killed: until another captures: p50, longest of 6',
      'killed with pairs in hand: until others may take them: p50, longest of 12',
      '  until others have brought them in step: p50, longest of 12',
      'pairs in hand of those that were killed',
    ],
  ],
  [
    'cli',
    'Start of the commands',
    [
      'sf deskconnect status --help ÷ sf version',
      'sf deskconnect setup --help ÷ sf org display --help',
      'sf deskconnect rule list --file rules.yaml ÷ sf alias list',
    ],
  ],
];
/** How many of those lines tell of each goal, in the order of the goals. */
const TOLD_BY = [1, 1, 1, 1, 1, 1, 2, 1, 4, 1, 1, 3, 1];

test('each goal is told of by the lines that measure it, and by no other', () => {
  const told = PRINTED.flatMap(([script, title, lines]) =>
    lines.flatMap((line) => goalOf(`bench:${script}`, title, line) ?? []),
  );
  assert.deepEqual(
    GOALS.map(({ goal }) => [goal, told.filter((one) => one.goal === goal).length]),
    GOALS.map(({ goal }, n) => [goal, TOLD_BY[n]]),
  );
});

test('a shorter run of a benchmark tells of no goal that names its size', () => {
  assert.equal(goalOf('bench:links', '10,000 links', 'memory of the bridge, idle'), undefined);
  const missed = '7500 missed events of 750 cases, caught up with: all in Desk';
  assert.equal(goalOf('bench:sync', 'Full sync and catch-up', missed), undefined);
});

test('the lines that are looked for are what the benchmarks print', () => {
  for (const [script, , lines] of PRINTED.slice(1)) {
    const source = readFileSync(new URL(`../performance/${script}.bench.ts`, import.meta.url), 'utf8');
    for (const line of lines)
      for (const [word] of line.matchAll(/[a-z]{2,}/gi))
        assert.ok(source.includes(word), `${script}: "${word}" of "${line}"`);
  }
});
