import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { parse } from 'yaml';
import { documentedMetrics, familiesOf } from '../support/metricNames.ts';
import { readQuery } from '../support/promql.ts';
import { servedMetrics } from '../support/servedMetrics.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8');

type Alert = {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
};
const { groups } = parse(read('deploy/prometheus/alerts.yml')) as { groups: { rules: Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);

type Panel = {
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { expr: string }[];
};
const dashboard = JSON.parse(read('deploy/grafana/desk-connect.json')) as {
  panels: Panel[];
  annotations: { list: { name: string; expr: string }[] };
  templating: { list: { name: string; query: string }[] };
};
const queries = [
  ...alerts.map(({ alert, expr }) => ({ where: alert, expr })),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: title, expr })),
  ),
  ...dashboard.annotations.list.map(({ name, expr }) => ({ where: name, expr })),
  // label_values(metric, label) is Grafana's own.
  ...dashboard.templating.list.flatMap(({ name, query }) =>
    [...query.matchAll(/^label_values\((.*), \w+\)$/g)].map(([, expr = '']) => ({ where: name, expr })),
  ),
];

const text = await servedMetrics();
const families = familiesOf(text);
/** The labels of each series that there is; Prometheus adds some itself. */
const series = new Map<string, ReadonlySet<string>>([['up', new Set(['job', 'instance'])]]);
for (const { name, type, labels } of families) {
  const all = new Set([...labels, 'job', 'instance']);
  series.set(name, all);
  if (type !== 'histogram') continue;
  for (const part of ['_bucket', '_sum', '_count']) series.set(`${name}${part}`, all);
}

test('the reference of the metrics is what the bridge serves, with types and labels', () => {
  const ours = families
    .filter(({ name }) => name.startsWith('deskconnect_'))
    // Of each bucket of a histogram, which is Prometheus's own matter.
    .map((family) => ({ ...family, labels: family.labels.filter((label) => label !== 'le') }));
  assert.deepEqual(documentedMetrics(), ours);
  const page = read('docs/metrics.md');
  for (const [, state = ''] of text.matchAll(/^deskconnect_pairs\{state="(\w+)"\}/gm))
    assert.ok(page.includes(`\`${state}\``), state);
});

test('what the dashboard and the alerts ask can be read, and exists', () => {
  const page = read('docs/metrics.md');
  assert.ok(queries.length > 30);
  for (const { where, expr } of queries) {
    const { problem, selectors, groups: by } = readQuery(expr);
    assert.equal(problem, null, where);
    assert.ok(selectors.length > 0, where);
    for (const { name, labels } of selectors) {
      const known = series.get(name);
      assert.ok(known, `${where}: the bridge serves no ${name}`);
      for (const { name: label, value } of labels) {
        assert.ok(known.has(label), `${where}: ${name} has no label ${label}`);
        if (!/^\$|^desk-connect$/.test(value))
          assert.ok(page.includes(`\`${value}\``), `${where}: ${name} has no ${label} ${value}`);
      }
    }
    for (const label of by)
      assert.ok(
        selectors.some(({ name }) => series.get(name)?.has(label)),
        `${where}: groups by ${label}`,
      );
  }
});

test('a query that is wrong, or names what is not there, would be found', () => {
  assert.notEqual(readQuery('sum(deskconnect_pairs').problem, null);
  assert.deepEqual(readQuery('sum by (gone) (rate(none{side="desk"}[$__rate_interval]))'), {
    problem: null,
    selectors: [{ name: 'none', labels: [{ name: 'side', value: 'desk' }] }],
    groups: ['gone'],
  });
});

test('each alert says what it is and how grave, and has its section in the runbook', () => {
  const runbook = read('docs/runbook.md');
  const sections = [...runbook.matchAll(/^### (DeskConnect\w+)$/gm)].map(([, name = '']) => name);
  assert.deepEqual(sections.sort(), alerts.map(({ alert }) => alert).sort());
  for (const { alert, labels, annotations } of alerts) {
    assert.match(labels['severity'] ?? '', /^(info|warning|critical)$/, alert);
    assert.ok(annotations['summary'], alert);
    assert.equal(annotations['runbook_url'], `docs/runbook.md#${alert.toLowerCase()}`);
    for (const [, label = ''] of annotations['summary'].matchAll(/\$labels\.(\w+)/g))
      assert.ok(
        readQuery(alerts.find((one) => one.alert === alert)?.expr ?? '').selectors.some(({ name }) =>
          series.get(name)?.has(label),
        ),
        `${alert}: ${label}`,
      );
  }
});
