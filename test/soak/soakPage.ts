import type { Deed } from '../crash/load.ts';
import { median, type Flatness } from './flatness.ts';
import type { Sample } from './samples.ts';

/** What the run was made on. */
export type Setting = {
  readonly date: string;
  readonly machine: string;
  readonly seed: number;
  readonly minutes: number;
};
export type Judged = Flatness & {
  readonly figure: keyof Sample;
  /** Of the figure, an hour. */ readonly growth: number;
};
export type Outcome = {
  readonly samples: readonly Sample[];
  readonly judged: readonly Judged[];
  readonly changes: ReadonlyMap<Deed, number>;
  readonly faults: ReadonlyMap<string, number>;
  /** From the end of the load until both sides were equal, in milliseconds; null where they did not become so. */
  readonly restMs: number | null;
  readonly lost: number;
  readonly doubled: number;
  /** All that was not as it should be, in words; empty after a run that is to be trusted. */
  readonly problems: readonly string[];
};

const NAMES: Readonly<Record<keyof Sample, string>> = {
  memory: 'memory of the process (RSS)',
  heap: 'heap used',
  files: 'open files and sockets',
  handles: 'active handles of Node',
  store: 'store',
  waiting: 'waiting',
  failing: 'failing',
};
const DEEDS: Readonly<Record<Deed, string>> = {
  deskCompany: 'company made in Desk',
  deskCustomer: 'customer made in Desk',
  deskCase: 'case made in Desk',
  deskNote: 'note made in Desk',
  deskReply: 'reply sent in Desk',
  deskStatus: 'status of a case changed in Desk',
  deskName: 'name of a customer changed in Desk',
  account: 'account made in Salesforce',
  contact: 'contact made in Salesforce',
  salesforceCase: 'case made in Salesforce',
  passing: 'case made in Salesforce that is deleted later',
  comment: 'comment made in Salesforce',
  email: 'e-mail made in Salesforce',
  priority: 'priority of a case changed in Salesforce',
  text: 'title of a contact changed in Salesforce',
  merge: 'contact merged in Salesforce',
  deletion: 'case deleted in Salesforce',
  request: 'sync asked for on a link',
};
const PART_MINUTES = 5;
const MB = 1e6;

/** The page on the soak, as it stands in the docs. */
export function soakPage(outcome: Outcome, { date, machine, seed, minutes }: Setting): string {
  const { changes, faults, samples, restMs, lost, doubled, problems } = outcome;
  const rest = restMs === null ? 'not equal' : `equal ${(restMs / 1_000).toFixed(0)} s after the last change`;
  const verdict = problems.length === 0 ? 'Passed' : 'Failed';
  return `# The soak

A run of \`npm run test:soak\`, written by it: one bridge, a process of its own on the embedded store, while people work on both sides at a steady rate and whatever they and the bridge depend on fails at random. At the end both sides must be equal, a ledger of what people did tells what is lost or doubled, and the store, the links in Salesforce and the log must agree. Memory and handles must be flat.

${date}; ${machine}. Seed ${seed}.

**${verdict}: ${minutes} minutes, ${sum(changes)} changes, ${sum(faults)} faults; both sides ${rest}, ${lost} lost, ${doubled} doubled.**

${problems.map((problem) => `- ${problem}\n`).join('')}
## What must not grow

Medians of the second and the last third of the run; the first is warm-up. _Growth_ is the median slope over the last two thirds.

${table(
  ['figure', 'second third', 'last third', 'allowed', 'growth an hour', ''],
  outcome.judged.map(({ figure, second, last, allowed, growth, isFlat }) => [
    NAMES[figure],
    ...[second, last, allowed, growth].map((value) => told(figure, value)),
    isFlat ? 'flat' : 'grows',
  ]),
)}

## In the course of it

Medians; of pairs that wait or fail, the most.

${table(
  ['minutes', 'memory', 'heap used', 'files', 'handles', 'store', 'waiting', 'failing'],
  parts(samples, minutes).map(({ from, to, part }) => {
    const mid = (figure: keyof Sample) => told(figure, median(part.map((sample) => sample[figure])));
    const most = (figure: keyof Sample) => String(Math.max(...part.map((sample) => sample[figure])));
    const flat = (['memory', 'heap', 'files', 'handles', 'store'] as const).map(mid);
    return [`${from}–${to}`, ...flat, most('waiting'), most('failing')];
  }),
)}

## What people did

${table(['change', 'times'], rows(new Map([...changes].map(([deed, times]) => [DEEDS[deed], times]))))}

## What failed meanwhile

${table(['fault', 'times'], rows(faults))}
`;
}

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, one) => all + one, 0);
const rows = (counts: ReadonlyMap<string, number>) =>
  [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => [what, String(times)]);
const isBytes = (figure: keyof Sample) => ['memory', 'heap', 'store'].includes(figure);
const told = (figure: keyof Sample, value: number) =>
  isBytes(figure) ? `${(value / MB).toFixed(1)} MB` : value.toFixed(0);

function parts(samples: readonly Sample[], minutes: number) {
  const count = Math.max(1, Math.ceil(minutes / PART_MINUTES));
  return Array.from({ length: count }, (_, index) => {
    const at = (share: number) => Math.floor((samples.length * share) / count);
    const [from, to] = [index, index + 1].map((one) => ((minutes * one) / count).toFixed(0));
    return { from, to, part: samples.slice(at(index), at(index + 1)) };
  }).filter(({ part }) => part.length > 0);
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], body: readonly (readonly string[])[]) =>
  [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
