import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decideConversation, split } from './decideConversation.ts';

test('what one side has and the other not goes over, in its order', () => {
  assert.deepEqual(
    decideConversation(
      [
        { id: '1', body: 'A' },
        { id: '2', body: 'B' },
      ],
      [{ id: 'x', body: 'C' }],
      [],
    ),
    {
      toSalesforce: [
        { deskId: '1', parts: ['A'] },
        { deskId: '2', parts: ['B'] },
      ],
      toDesk: [{ id: 'x', body: 'C' }],
      toLink: [],
    },
  );
});

test('what is tied stays as it is', () => {
  const decision = decideConversation(
    [{ id: '1', body: 'A' }],
    [{ id: 'x', body: 'A edited' }],
    [{ deskId: '1', recordId: 'x' }],
  );
  assert.deepEqual(decision, { toSalesforce: [], toDesk: [], toLink: [] });
});

test('the same words on both sides are one entry, each taken once', () => {
  const decision = decideConversation(
    [
      { id: '1', body: 'Same\r\nwords' },
      { id: '2', body: 'Same words' },
    ],
    [{ id: 'x', body: 'Same words ' }],
    [],
  );
  assert.deepEqual(decision.toLink, [{ deskId: '1', recordId: 'x' }]);
  assert.deepEqual(decision.toSalesforce, [{ deskId: '2', parts: ['Same words'] }]);
  assert.deepEqual(decision.toDesk, []);
});

test('a long note is split into numbered parts that fit, with no word lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), {
        minLength: 1,
        maxLength: 900,
      }),
      (list) => {
        const text = list.join(' ');
        const parts = split(text);
        assert.ok(parts.every((part) => Buffer.byteLength(part) <= 4_000));
        const joined = parts
          .map((part) => (parts.length > 1 ? part.replace(/^\(\d+\/\d+\) /, '') : part))
          .join('');
        assert.equal(joined.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
      },
    ),
    { numRuns: 50 },
  );
});
