import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RequestFailed, type Failure } from '@desk-connect/bridge/core/failure.js';
import { createDesk } from '@desk-connect/bridge/desk/createDesk.js';
import {
  interactionFrom,
  noteFrom,
  pageFrom,
  recordFrom,
  recordsFrom,
} from '@desk-connect/bridge/desk/schemas.js';
import type { DeskCase, HelpDesk } from '@desk-connect/bridge/ports/helpDesk.js';
import fc from 'fast-check';
import { answers, startAnswering, type Answering } from '../support/answering.ts';
import { damaged, isPolluted, tries } from '../support/fuzz.ts';
import { createOne, updateOne } from '../support/oneInDesk.ts';

const self = (path: string) => ({ self: { href: `/api/v2/${path}`, class: 'x' } });
const at = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' };
const RECORDS = {
  company: { ...at, name: 'A', domains: ['a.test'], custom_fields: { a: 'b' }, _links: self('companies/7') },
  customer: {
    ...at,
    external_id: null,
    first_name: 'Ada',
    last_name: 'L',
    title: null,
    emails: [{ type: 'work', value: 'ada@a.test' }],
    phone_numbers: [],
    custom_fields: { a: { deep: [1] } },
    _links: { ...self('customers/7'), company: { href: '/api/v2/companies/7' } },
  },
  case: {
    ...at,
    subject: 'S',
    description: null,
    status: 'open',
    priority: 4,
    type: 'email',
    custom_fields: {},
    _links: { ...self('cases/7'), customer: { href: '/api/v2/customers/7' }, notes: { count: 1 } },
    _embedded: { message: { direction: 'in', body: 'B', _links: self('cases/7/message') } },
  },
};
const NOTE = { body: 'N', ...at, _links: self('cases/7/notes/5') };
const REPLY = { direction: 'out', status: 'sent', body: 'R', ...at, _links: self('cases/7/replies/6') };
const FIELD = { name: 'a', label: 'A', type: 'ticket', active: true, data: { type: 'list', choices: ['x'] } };
const page = (entries: readonly unknown[]) => ({
  total_entries: entries.length,
  _links: { next: null, last: { href: '/api/v2/cases?page=1' } },
  _embedded: { entries },
});
const PAIRS = ['company', 'customer', 'case'] as const;
const REFUSAL = { message: 'Validation Failed', errors: { emails: [{ value: ['taken'] }] } };

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

for (const pair of PAIRS) {
  test(`a ${pair} of Desk is read, or refused by the place that is wrong, whatever it looks like`, () => {
    fc.assert(
      fc.property(damaged(RECORDS[pair]), (body) => {
        const record = readBy(() => recordFrom(pair, body));
        if (record) {
          assert.match(record.id, /^\d{1,18}$/);
          assert.ok(!Number.isNaN(Date.parse(record.updatedAt)));
          for (const value of Object.values(record.customFields))
            assert.ok(value === null || ['string', 'number', 'boolean'].includes(typeof value));
        }
        const found = readBy(() => recordsFrom(pair, [RECORDS[pair], body]));
        if (found) assert.equal(found.records.length + found.unreadable.length, 2, 'none is passed over');
        assert.ok(!isPolluted());
      }),
      tries(400),
    );
  });
}

test('a page, a note and a message of Desk are read or refused, whatever they look like', () => {
  fc.assert(
    fc.property(damaged(page([NOTE])), damaged(NOTE), damaged(REPLY), (list, note, reply) => {
      const found = readBy(() => pageFrom(list));
      if (found) assert.equal(typeof found.more, 'boolean');
      const read = readBy(() => noteFrom(note));
      if (read) assert.match(read.id, /^\d{1,18}$/);
      const message = readBy(() => interactionFrom(reply, '7'));
      if (message) assert.match(message.id, /^(?:\d{1,18}|message-7)$/);
    }),
    tries(400),
  );
});

test('a custom field whose value is nested without end is kept as a text, and its record read', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`) as unknown;
  const record = recordFrom('company', { ...RECORDS.company, custom_fields: { a: deep } });
  assert.equal(typeof record.customFields['a'], 'string');
  const { unreadable } = recordsFrom('company', [{ ...RECORDS.company, name: deep }]);
  assert.deepEqual(
    unreadable.map(({ id }) => id),
    ['7'],
  );
});

let server: Answering;
let desk: HelpDesk;
before(async () => {
  server = await startAnswering();
  let time = Date.now();
  const wait = (ms: number) => {
    time += ms;
    return Promise.resolve();
  };
  desk = createDesk({
    url: server.url,
    auth: { kind: 'basic', email: 'agent', password: 'secret' },
    timeoutMs: 2_000,
    clock: { now: () => time, wait },
  });
});
after(() => server.close());

/** A case whose mark says what there is to read. */
const caseOf = (conversation: string): DeskCase => {
  const found = recordFrom('case', RECORDS.case);
  assert.ok(found.pair === 'case');
  return { ...found, conversation };
};
function assertSaid({ code, message }: Failure): void {
  assert.ok(code.length > 0 && message.length < 1_000);
}

const hasFailure = (outcome: unknown): outcome is { readonly failure: Failure } =>
  typeof outcome === 'object' && outcome !== null && 'failure' in outcome;

const CALLS: readonly (readonly [string, unknown, (desk: HelpDesk) => Promise<unknown>])[] = [
  ['read', RECORDS.case, (one) => one.read('case', ['7'], () => true)],
  ['read many', page([RECORDS.customer]), (one) => one.read('customer', ['7', '8'], () => true)],
  ['changes', page([RECORDS.case]), (one) => one.changes('case', { since: at.updated_at, id: '0' })],
  ['changes from the start', page([RECORDS.company]), (one) => one.changes('company', null)],
  [
    'find',
    page([RECORDS.customer]),
    (one) => one.find({ pair: 'customer', by: 'email', value: "a'@a.test" }),
  ],
  ['create', RECORDS.customer, (one) => createOne(one, 'customer', { lastName: 'L' })],
  ['update', RECORDS.case, (one) => updateOne(one, 'case', '7', { subject: 'S' })],
  ['notes', page([NOTE]), (one) => one.conversation(caseOf('1/0'), { message: false })],
  ['add a note', NOTE, (one) => one.addNote('7', 'N')],
  ['replies', page([REPLY]), (one) => one.conversation(caseOf('0/1'), { message: false })],
  ['remove', RECORDS.case, (one) => one.remove(['7'])],
  ['fields', page([FIELD]), (one) => one.fields('case')],
];

for (const [name, good, call] of CALLS) {
  test(`${name}: whatever Desk answers, it is an outcome or a failure that says what`, async () => {
    await fc.assert(
      fc.asyncProperty(
        answers([good, REFUSAL], [200, 201, 204, 301, 400, 403, 404, 409, 422, 429, 500]),
        async (given) => {
          server.answer(given);
          const got = await call(desk).catch((error: unknown) => {
            assert.ok(error instanceof RequestFailed, error instanceof Error ? error.stack : String(error));
            assertSaid(error.failure);
          });
          for (const one of [got].flat()) if (hasFailure(one)) assertSaid(one.failure);
          assert.ok(!isPolluted());
        },
      ),
      tries(60),
    );
  });
}
