import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthJson, type HealthFacts } from './healthJson.ts';
import { LONGEST_JSON } from './shorten.ts';

const NOW = Date.UTC(2026, 10, 27, 13, 40);
const HOUR_MS = 3_600_000;
const counts = { inStep: 1, waiting: 0, failing: 2, conflict: 0, ambiguous: 0, excluded: 0, unlinked: 0 };
const quiet: HealthFacts = {
  now: NOW,
  parts: [],
  pairs: { company: counts, customer: counts, case: counts },
  causes: [],
  salesforce: null,
  desk: { left: 250, limit: 300 },
  hours: [],
};
type Health = {
  parts: { name: string; detail: string; lagSeconds: number | null }[];
  causes: { code: string; examples: { recordId: string | null; text: string }[] }[];
  hours: { at: string; toDesk: number; failed: number }[];
};
const health = (facts: Partial<HealthFacts>) => JSON.parse(healthJson({ ...quiet, ...facts })) as Health;
const causes = (count: number, examples: number, message: string) =>
  Array.from({ length: count }, (_, index) => ({
    class: 'validation',
    code: `CODE_${index}`,
    pairs: 7,
    examples: Array.from({ length: examples }, () => ({
      pair: 'case' as const,
      salesforceId: '500000000000001AAA',
      deskId: '9'.repeat(20),
      message,
    })),
  }));

test('the last 24 hours are told, the oldest first, and those in which nothing happened with zeros', () => {
  const now = Date.UTC(2026, 10, 27, 13);
  const counted = { at: now, toDesk: 3, toSalesforce: 0, failed: 1 };
  const { hours } = health({ hours: [{ ...counted, at: now - 24 * HOUR_MS }, counted] });
  assert.equal(hours.length, 24);
  assert.equal(hours[0]?.at, '2026-11-26T14:00:00Z');
  assert.deepEqual(hours.at(-1), { at: '2026-11-27T13:00:00Z', toDesk: 3, toSalesforce: 0, failed: 1 });
  assert.equal(
    hours.reduce((sum, { toDesk }) => sum + toDesk, 0),
    3,
    'the hour before them is left out',
  );
});

test('a part that reads something lags by the seconds since it had read all, and others by none', () => {
  const part = { name: 'stream', state: 'up', since: NOW, detail: '' } as const;
  const { parts } = health({
    parts: [
      { ...part, heardAt: NOW - 4_400 },
      { ...part, heardAt: NOW + 50 },
      { ...part, heardAt: null },
    ],
  });
  assert.deepEqual(
    parts.map(({ lagSeconds }) => lagSeconds),
    [4, 0, null],
  );
});

test('at most 20 causes are told, with 5 examples of 200 characters each', () => {
  const told = health({ causes: causes(25, 8, 'x'.repeat(400)) }).causes;
  assert.equal(told.length, 20);
  for (const { examples } of told) {
    assert.equal(examples.length, 5);
    for (const { text } of examples) assert.equal(text, `${'x'.repeat(199)}…`);
  }
});

test('it always fits into its field: less is said of examples first, then of the parts', () => {
  const worst = '\u0001'.repeat(5_000);
  const part = { name: worst, state: 'down', since: NOW, detail: worst, heardAt: 0 } as const;
  const hours = Array.from({ length: 60 }, (_, index) => ({
    at: NOW - index * HOUR_MS,
    toDesk: 1e9,
    toSalesforce: 1e9,
    failed: 1e9,
  }));
  const many = causes(30, 8, worst).map((cause) => ({ ...cause, code: worst }));
  const facts = { ...quiet, hours, causes: many };
  const long = healthJson({ ...facts, parts: Array.from({ length: 500 }, () => part) });
  assert.ok(long.length <= LONGEST_JSON, `${long.length}`);
  const { parts, causes: told } = JSON.parse(long) as Health;
  assert.ok(parts.length > 0 && told.length === 20);

  const some = healthJson({ ...facts, parts: [{ ...part, detail: 'y'.repeat(400) }] });
  assert.ok(some.length <= LONGEST_JSON);
  const shown = JSON.parse(some) as Health;
  assert.equal(shown.parts[0]?.detail.length, 400, 'the parts are told as they are');
  assert.ok((shown.causes[0]?.examples.length ?? 0) > 0);
});

test('no half of a character and no password of an address is told', () => {
  const told = healthJson({ ...quiet, causes: causes(1, 1, `${'x'.repeat(198)}😀😀`) });
  assert.ok(!/\\ud[89a-f]/i.test(told), told);
  const detail = 'cannot reach postgres://bridge:s3cret@db:5432/desk';
  const { parts } = health({ parts: [{ name: 'engine', state: 'down', since: NOW, detail, heardAt: null }] });
  assert.equal(parts[0]?.detail, 'cannot reach postgres://db:5432/desk');
});
