import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const page = readFileSync(new URL('../../docs/soak.md', import.meta.url), 'utf8');

test('the soak in the docs is one of half an hour, and came to its end as it should', () => {
  const [, minutes, changes, faults] =
    /^\*\*Passed: (\d+) minutes, (\d+) changes, (\d+) faults; both sides equal \d+ s after the last change, 0 lost, 0 doubled\.\*\*$/m.exec(
      page,
    ) ?? [];
  assert.ok(Number(minutes) >= 30, minutes);
  assert.ok(Number(changes) >= 5_000, changes);
  assert.ok(Number(faults) >= 200, faults);
});
