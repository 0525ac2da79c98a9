import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestFailed } from '@desk-connect/bridge/core/failure.js';
import { PAIRS } from '@desk-connect/bridge/core/pair.js';
import { refusalOf, saidIn } from '@desk-connect/bridge/zendesk/refusal.js';
import { NAMES, recordFrom, recordsFrom } from '@desk-connect/bridge/zendesk/schemas.js';
import fc from 'fast-check';
import { damaged, isPolluted, tries } from '../support/fuzz.ts';

const at = {
  id: 7,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  external_id: null,
};
const RECORDS = {
  company: {
    ...at,
    name: 'A',
    domain_names: ['a.test'],
    organization_fields: { a: ['x', 'y'] },
    deleted_at: null,
  },
  customer: {
    ...at,
    name: 'Ada',
    email: 'ada@a.test',
    phone: null,
    role: 'end-user',
    active: true,
    organization_id: 8,
    user_fields: { a: { deep: [1] } },
  },
  case: {
    ...at,
    subject: 'S',
    description: 'D',
    status: 'open',
    priority: null,
    requester_id: 9,
    submitter_id: 9,
    via: { channel: 'email', source: { from: { address: 'ada@a.test' }, to: null } },
    custom_fields: [{ id: 1, value: null }],
    comment_count: 1,
  },
};
const USERS = [{ id: 9, email: 'ada@a.test', role: 'end-user' }];

/** What a reader gives; undefined where it says that it cannot read it. Anything else that is thrown fails. */
function readBy<T>(reader: () => T): T | undefined {
  try {
    return reader();
  } catch (error) {
    assert.ok(error instanceof RequestFailed, String(error));
    assert.equal(error.failure.code, 'UNEXPECTED_ANSWER');
    return undefined;
  }
}

for (const pair of PAIRS)
  test(`a ${pair} of Zendesk is read, or refused by the place that is wrong, whatever it looks like`, () => {
    fc.assert(
      fc.property(damaged(RECORDS[pair]), damaged(USERS), (entry, users) => {
        const record = readBy(() => recordFrom(pair, entry));
        if (record) {
          assert.match(record.id, /^\d{1,18}$/);
          assert.ok(!Number.isNaN(Date.parse(record.updatedAt)));
          for (const value of Object.values(record.customFields))
            assert.ok(value === null || ['string', 'boolean'].includes(typeof value));
        }
        const page = { users, [NAMES[pair].many]: [RECORDS[pair], entry] };
        const found = readBy(() => recordsFrom(pair, page));
        if (found)
          assert.equal(
            found.records.length + found.unreadable.length + found.gone.length + found.staff.length,
            2,
            'none is passed over',
          );
        assert.ok(!isPolluted());
      }),
      tries(400),
    );
  });

test('a refusal of Zendesk has a code and words, whatever it looks like', () => {
  const refusal = {
    error: 'RecordInvalid',
    description: 'Record validation errors',
    details: { email: [{ description: 'Email: x is already being used', error: 'DuplicateValue' }] },
  };
  fc.assert(
    fc.property(damaged(refusal), (body) => {
      const outcome = refusalOf(422, body);
      assert.ok(outcome.outcome === 'gone' || outcome.failure.message !== '');
      const { code } = saidIn(400, JSON.stringify(body));
      assert.match(code, /^[\w ]{3,60}$/);
    }),
    tries(400),
  );
});
