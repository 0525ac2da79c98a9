import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { GOALS } from '../performance/goals.ts';
import { pageFrom, sectionOf, textOf, withSections } from '../performance/page.ts';
import { cellsOf } from '../performance/section.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(`${ROOT}/docs/performance.md`, 'utf8');
const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};
const benches = Object.keys(scripts).filter((script) => script.startsWith('bench:'));

test('every benchmark has its script, and every such script its benchmark', () => {
  const files = globSync('test/performance/*.bench.ts', { cwd: ROOT });
  assert.deepEqual(
    files.map((file) => `bench:${file.split('/').at(-1)?.replace('.bench.ts', '')}`).sort(),
    benches.toSorted(),
  );
  for (const script of benches)
    assert.match(scripts[script] ?? '', new RegExp(`performance/${script.slice(6)}\\.bench\\.ts`));
});

test('every section of the performance page has a table, and the command, date and machine that it came from', () => {
  const { sections } = pageFrom(text);
  assert.ok(sections.length > 0);
  for (const { title, bench, lines } of sections) {
    assert.ok(bench !== null && benches.includes(bench), `${title}: ${bench}`);
    assert.match(lines[0] ?? '', /^`npm run bench:[^`]+`, \d+ \w+ 20\d\d, \d+ × .+, Node v\d+/, title);
    assert.ok(cellsOf(lines).length > 0, title);
  }
});

test('the performance page says of every goal whether the lines beneath it meet it, miss it, or do not tell', () => {
  const [, goals] = /^## The goals\n([^#]+)^## /m.exec(text) ?? [];
  const told = cellsOf((goals ?? '').split('\n'));
  const [, expected] = /^## The goals\n([^#]+)/m.exec(textOf(pageFrom(text))) ?? [];
  assert.deepEqual(told, cellsOf((expected ?? '').split('\n')));
  assert.equal(told.length, GOALS.length);
});

const figures = [
  {
    what: 'to Desk, which answers in 50 ms: p50, p95, p99 at 50 % load (9 a second)',
    measured: '1 ms',
    goal: 'p99 under 1 s',
    met: true,
  },
];
const report = { title: 'Beside plain relays', command: 'npm run bench:peers', figures };
const order = ['bench:peers', 'bench:relay'];
const page = withSections(
  pageFrom('# Page\n\nBy hand.'),
  [
    sectionOf({ title: 'Relay', command: 'npm run bench:relay -- 5', figures, notes: ['A note.'] }, 'then'),
    sectionOf(report, 'then'),
    sectionOf({ ...report, title: 'More of peers' }, 'then'),
  ],
  order,
);

test('a run replaces all that its benchmark wrote before, and leaves the rest and its order', () => {
  const again = pageFrom(textOf(withSections(page, [sectionOf(report, 'now')], order)));
  assert.deepEqual(
    again.sections.map(({ title, lines }) => [title, lines[0]]),
    [
      ['Beside plain relays', '`npm run bench:peers`, now.'],
      ['Relay', '`npm run bench:relay -- 5`, then.'],
    ],
  );
  assert.deepEqual(again.intro, ['# Page', '', 'By hand.']);
  assert.equal(again.sections[1]?.lines.at(-1), 'A note.');
});

test('a goal is met where all lines that tell of it are, and missed where one is', () => {
  const stateOf = (met: boolean) => {
    const missed = sectionOf(
      {
        ...report,
        figures: [...figures, ...figures.map((figure) => ({ ...figure, measured: '2 s', met }))],
      },
      'now',
    );
    return /p99 under 1 s at 50 % load \| `bench:peers` \| (.+) \|/.exec(
      textOf(withSections(page, [missed], order)),
    )?.[1];
  };
  assert.deepEqual([stateOf(true), stateOf(false)], ['met', 'missed']);
  assert.match(textOf(page), /150 MB .* \|\s+\| not measured \|/);
});
