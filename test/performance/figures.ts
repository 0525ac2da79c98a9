import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** One line of a benchmark. All are texts with their units, but for `met`. */
export type Figure = {
  readonly what: string;
  readonly measured: string;
  /** The same of the peer, in the same run. */
  readonly peer?: string;
  /** Ours ÷ the peer's, or the peer's ÷ ours; `what` says which. */
  readonly ratio?: string;
  readonly goal?: string;
  /** Whether the goal is met; a figure without a goal has none. */
  readonly met?: boolean;
};

/** What one benchmark has to say: its table and, beneath it, what a reader has to know of how it was measured. */
export type Report = {
  readonly title: string;
  /** How to have it again. */
  readonly command: string;
  readonly figures: readonly Figure[];
  readonly notes?: readonly string[];
};

/** The machine and the Node that a figure holds for. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;

/**
 * Prints a report as a table, and adds it as one line of JSON to the file that `DESKCONNECT_FIGURES` names, from
 * which `npm run bench` makes the page.
 */
export function report(made: Report): void {
  console.log(`\n${made.title} (${machine()})\n`);
  for (const line of tableOf(made.figures)) console.log(line);
  for (const note of made.notes ?? []) console.log(`\n${note}`);
  const file = process.env['DESKCONNECT_FIGURES'];
  if (file) appendFileSync(file, `${JSON.stringify(made)}\n`);
}

/** The lines of a table in Markdown, its columns as wide as they need to be; columns that nothing fills stay away. */
export function tableOf(figures: readonly Figure[]): readonly string[] {
  const columns: readonly (readonly [string, (figure: Figure) => string | undefined])[] = [
    ['what', ({ what }) => what],
    ['measured', ({ measured }) => measured],
    ['peer', ({ peer }) => peer],
    ['ratio', ({ ratio }) => ratio],
    ['goal', ({ goal }) => goal],
    ['', ({ met }) => (met === undefined ? undefined : met ? 'met' : 'missed')],
  ];
  const shown = columns
    .map(([head, of]) => [head, ...figures.map((figure) => of(figure) ?? '')])
    .filter(([, ...cells]) => cells.some((cell) => cell !== ''));
  const widths = shown.map((column) => Math.max(...column.map(({ length }) => length), 3));
  const line = (row: number) =>
    `| ${shown.map((column, n) => (column[row] ?? '').padEnd(widths[n] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(0), rule, ...figures.map((_, n) => line(n + 1))];
}

/** The value below which that share of all values lies; `sorted` goes up. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

/** The middle of the values, however sorted. */
export const median = (values: readonly number[]): number =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
