import type { DeskKind } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import type { Kill } from './killRun.ts';
import { placesOf, type Place } from './steps.ts';

/** What the run was made on. */
export type Setting = {
  readonly desk: DeskKind;
  readonly date: string;
  readonly machine: string;
  readonly seeds: readonly number[];
};

const SAYS: Readonly<Record<Place, string>> = {
  before: 'before',
  within: 'before its commit',
  sent: 'request under way',
  answered: 'answer there, not read',
  after: 'after',
};

/** The page on the crash matrix, as it stands in the docs. */
export function crashMatrix(embedded: readonly Kill[], shared: readonly Kill[], setting: Setting): string {
  const all = [...embedded, ...shared];
  const isDesk = setting.desk === 'desk';
  return `# The crash matrix${isDesk ? '' : " with Zendesk in Desk's place"}

A run of \`npm run test:crash -- --long${isDesk ? '' : ` --desk ${setting.desk}`}\`, written by it: the bridge is killed (\`SIGKILL\`) at each place of each durable step, and at random times, while people work on both sides; the next one starts at once. The tests in \`test/crash\` say how. After each few kills both sides must be equal, and a ledger of what people did tells what is lost or doubled on one side or on both; at the end the store, the links in Salesforce and the log must agree.

${setting.date}; ${setting.machine}. Seeds ${setting.seeds.join(', ')}.

**${all.length} kills: ${worst(all, 'lost')} lost, ${worst(all, 'doubled')} doubled.**

_In step again_ is the time from the kill until both sides were equal, where no other kill came in between: the median and the longest.

## One bridge with the embedded store

${table(embedded)}
${shared.length === 0 ? '' : withShared(shared)}`;
}

const withShared = (kills: readonly Kill[]) => `
## Two bridges that share a PostgreSQL

What a dead bridge had taken on is taken from it ten seconds later.

${table(kills)}
`;

const worst = (kills: readonly Kill[], what: 'lost' | 'doubled') =>
  kills.reduce((most, kill) => Math.max(most, kill[what]), 0);

function table(kills: readonly Kill[]): string {
  const rows = [...placesOf('all'), { step: 'any time', place: null } as const].flatMap(({ step, place }) => {
    const here = kills.filter((kill) => kill.step === step && kill.place === place);
    if (here.length === 0) return [];
    const times = here.flatMap(({ ms }) => (ms === null ? [] : [ms])).sort((a, b) => a - b);
    const cells = [
      step,
      place === null ? '' : SAYS[place],
      here.length,
      worst(here, 'lost'),
      worst(here, 'doubled'),
    ];
    return [`| ${[...cells, seconds(times)].join(' | ')} |`];
  });
  const head =
    '| step | place | kills | lost | doubled | in step again |\n| --- | --- | --- | --- | --- | --- |';
  return [head, ...rows].join('\n');
}

function seconds(times: readonly number[]): string {
  const [median, longest] = [times[Math.floor(times.length / 2)], times.at(-1)];
  if (median === undefined || longest === undefined) return '';
  return `${(median / 1_000).toFixed(1)} s, ${(longest / 1_000).toFixed(1)} s`;
}
