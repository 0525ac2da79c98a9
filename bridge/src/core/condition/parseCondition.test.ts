import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fieldsOf } from './condition.ts';
import { parseCondition } from './parseCondition.ts';

test('a condition is read as Salesforce reads it', () => {
  const parsed = parseCondition(
    "Priority = 'High' AND (Account.Industry != null OR NOT Subject LIKE 'a\\'%') AND Count__c IN (1, -2.5)",
  );
  assert.deepEqual(parsed, {
    ok: true,
    condition: {
      kind: 'and',
      parts: [
        { kind: 'compare', field: 'Priority', operator: '=', values: [{ kind: 'text', value: 'High' }] },
        {
          kind: 'or',
          parts: [
            { kind: 'compare', field: 'Account.Industry', operator: '!=', values: [{ kind: 'null' }] },
            {
              kind: 'not',
              part: {
                kind: 'compare',
                field: 'Subject',
                operator: 'LIKE',
                values: [{ kind: 'text', value: "a'%" }],
              },
            },
          ],
        },
        {
          kind: 'compare',
          field: 'Count__c',
          operator: 'IN',
          values: [
            { kind: 'number', value: 1 },
            { kind: 'number', value: -2.5 },
          ],
        },
      ],
    },
  });
  assert.deepEqual(parsed.ok && fieldsOf(parsed.condition), [
    'Priority',
    'Account.Industry',
    'Subject',
    'Count__c',
  ]);
});

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['', /./],
  ['Priority', /./],
  ["Priority = 'High", /has no end/],
  ["Priority = 'High') OR (Subject = 'x'", /parentheses do not match/],
  ["(Priority = 'High'", /parentheses do not match/],
  ["Priority = 'High' LIMIT 1", /goes on behind the condition/],
  ["Priority = 'High' ORDER BY Id", /goes on behind the condition/],
  ["Priority = 'High' FOR UPDATE", /goes on behind the condition/],
  ["Priority = 'High'; DELETE", /more than a condition/],
  ["Priority = 'High' -- and more", /no comments/],
  ["Priority = 'High' /* x */", /no comments/],
  ['Id IN (SELECT CaseId FROM CaseComment)', /query of its own/],
  ['CALENDAR_YEAR(CreatedDate) = 2020', /is a function/],
  ['Priority = :value', /Variables have no value/],
  ["A = 'x' OR B = 'y' AND C = 'z'", /side by side/],
  ["A = 'x' AND B = 'y' OR C = 'z'", /side by side/],
  ['A = USD5000', /cannot be compared/],
  ['NOT (NOT (NOT (A = 1)))', /NOT stands in more than one other NOT/],
  ['A LIKE 5', /compares text/],
  ['A > null', /has no meaning/],
  ['A IN ()', /./],
  ['A = NEXT_FISCAL_QUARTER', /not known here/],
  ['A = 2026-13-45', /./],
  ["A = 'x'\u0000", /control character/],
  [`${'('.repeat(30)}A = 1${')'.repeat(30)}`, /too deep/],
  [`A = '${'x'.repeat(5_000)}'`, /most/],
];

test('what would not stand alone is refused, with what is wrong and what to do', () => {
  for (const [text, message] of REFUSED) {
    const parsed = parseCondition(text);
    assert.ok(!parsed.ok, text);
    assert.match(parsed.message, message, text);
    assert.ok(parsed.fix.length > 0);
  }
});

test('parentheses, quotes and signs within a text are text', () => {
  for (const text of ["A = ')'", "A = '('", "A = '--'", "A = ':x'", "A = ';'", "A = '\\\\'", "A = 'OR'"])
    assert.ok(parseCondition(text).ok, text);
});

test('no text makes reading throw, and what is accepted stands alone in parentheses', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "A = 'x'",
      'B != null',
      'NOT',
      'AND',
      'OR',
      '(',
      ')',
      "'",
      ' LIMIT 1',
      '--',
      "IN ('a')",
      ',',
    ),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join(' ');
      const alone = parseCondition(text);
      if (!alone.ok) return;
      const behind = parseCondition(`Id IN ('1') AND (${text})`);
      assert.ok(behind.ok, text);
      assert.deepEqual(behind.condition.kind === 'and' && behind.condition.parts[1], alone.condition);
      assert.ok(behind.condition.kind === 'and' && behind.condition.parts.length === 2);
    }),
    { numRuns: 2_000 },
  );
});
