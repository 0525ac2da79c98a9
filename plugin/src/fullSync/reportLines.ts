import type { Report, Sync } from './answers.ts';

/** What the outcomes are called before people, in the order of the columns. */
const COLUMNS: readonly (readonly [outcome: string, title: string])[] = [
  ['inStep', 'in step'],
  ['link', 'link'],
  ['createInSalesforce', 'create in Salesforce'],
  ['createInDesk', 'create in Desk'],
  ['update', 'update'],
  ['conflict', 'conflict'],
  ['ambiguous', 'ambiguous'],
  ['parked', 'cannot go'],
  ['excluded', 'left out by its rule'],
  ['waits', 'waits for a parent'],
  ['unlink', 'lost a record'],
  ['unlinked', 'unlinked'],
];

/** The report of a dry run as rows of a table: one an outcome that occurs, one column a kind of pair. */
export function reportRows({ objects }: Report): Record<string, string | number>[] {
  const kinds = Object.keys(objects);
  return COLUMNS.flatMap(([outcome, title]) => {
    const counts = kinds.map((kind) => [kind, objects[kind]?.[outcome] ?? 0] as const);
    return counts.some(([, count]) => count > 0)
      ? [{ 'would be': title, ...Object.fromEntries(counts) }]
      : [];
  });
}

/** How many records a full sync has read so far. */
export function recordsRead({ read }: Sync): number {
  return Object.values(read).reduce((sum, { salesforce, desk }) => sum + salesforce + desk, 0);
}
