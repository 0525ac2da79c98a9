import { readFileSync } from 'node:fs';

export type Family = { readonly name: string; readonly type: string; readonly labels: readonly string[] };

/** What a page for Prometheus tells, with the labels that its samples have; in the order of the names. */
export function familiesOf(text: string): Family[] {
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => ({
    name,
    type,
  }));
  const labelsOf = (name: string) => [
    ...new Set(
      [...text.matchAll(new RegExp(`^${name}(?:_bucket|_sum|_count)?\\{(.*)\\} `, 'gm'))].flatMap(
        ([, labels = '']) => [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label),
      ),
    ),
  ];
  return inOrder(types.map(({ name, type }) => ({ name, type, labels: labelsOf(name) })));
}

/** The rows of the reference: `| name | type | labels | … |`. */
export function documentedMetrics(): Family[] {
  const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
  return inOrder(
    [...page.matchAll(/^\| `(deskconnect_\w+)` +\| (\w+) +\| (.*?) *\|/gm)].map(
      ([, name = '', type = '', labels = '']) => ({
        name,
        type,
        labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
      }),
    ),
  );
}

const inOrder = (families: Family[]) => families.sort((a, b) => (a.name < b.name ? -1 : 1));
