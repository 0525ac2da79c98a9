import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameInSalesforce, nameParts } from './personName.ts';

test('a name is split at its last blank, and one that has none is the last name', () => {
  const expected: readonly (readonly [string | null, string | null, string])[] = [
    ['Ada Lovelace', 'Ada', 'Lovelace'],
    ['Anna Maria  Schmidt', 'Anna Maria', 'Schmidt'],
    [' Plato ', null, 'Plato'],
    ['', null, 'Unknown'],
    [null, null, 'Unknown'],
    ['Jean-Luc\u00a0Picard', 'Jean-Luc', 'Picard'],
  ];
  for (const [name, FirstName, LastName] of expected)
    assert.deepEqual(nameParts(name), { FirstName, LastName }, String(name));
});

test('what Salesforce makes of a name that was written is what was said it would be, and stays', () => {
  const names = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.string({ minLength: 1, maxLength: 60 }), { maxLength: 6 }).map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(names, (name) => {
      const { FirstName, LastName } = nameParts(name);
      assert.ok(LastName.length > 0 && LastName.length <= 80 && (FirstName ?? '').length <= 40);
      // As Salesforce keeps text, and as it joins the two.
      assert.deepEqual([FirstName?.trim() ?? null, LastName.trim()], [FirstName, LastName]);
      const joined = [FirstName, LastName].filter((part) => part !== null).join(' ');
      assert.equal(nameInSalesforce(name), joined);
      assert.equal(nameInSalesforce(joined), joined);
      assert.deepEqual(nameParts(joined), { FirstName, LastName });
    }),
  );
});
