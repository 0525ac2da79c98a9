import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf, interactionFrom, pageFrom, recordFrom } from './schemas.ts';

const self = (path: string) => ({ self: { href: `/api/v2/${path}`, class: 'x' } });

test('a record is known by its link, also where the body has no id', () => {
  assert.equal(idOf('/api/v2/cases/42'), '42');
  assert.equal(idOf('/api/v2/cases/42/message'), null);
  assert.equal(idOf(null), null);
  const company = recordFrom('company', {
    name: 'A',
    updated_at: '2016-01-01T00:00:00Z',
    _links: self('companies/7'),
  });
  assert.deepEqual(company, {
    pair: 'company',
    id: '7',
    updatedAt: '2016-01-01T00:00:00Z',
    customFields: {},
    externalId: null,
    name: 'A',
    domains: [],
  });
});

test('a customer without a company has none, and what is not known is ignored', () => {
  const customer = recordFrom('customer', {
    updated_at: '2016-01-01T00:00:00Z',
    emails: [],
    phone_numbers: [{ type: 'work', value: '1', extra: true }],
    avatar: 'https://x.test',
    _links: self('customers/3'),
  });
  assert.ok(customer.pair === 'customer');
  assert.deepEqual(
    [customer.companyId, customer.lastName, customer.phones],
    [null, null, [{ type: 'work', value: '1' }]],
  );
});

test('a case of an older Desk, without counts and with a priority as text, is read all the same', () => {
  const deskCase = recordFrom('case', {
    updated_at: '2013-01-01T00:00:00Z',
    status: 'open',
    priority: '7',
    type: 'email',
    _links: { ...self('cases/9'), customer: { href: '/api/v2/customers/3', class: 'customer' }, notes: null },
  });
  assert.ok(deskCase.pair === 'case');
  assert.deepEqual(
    [deskCase.id, deskCase.priority, deskCase.customerId, deskCase.conversation],
    ['9', 7, '3', '0/0'],
  );
});

test('a page says whether there is a next one, and which is the last', () => {
  const link = (href: string) => ({ href, class: 'page' });
  const page = pageFrom({
    total_entries: 250,
    _links: {
      next: link('/api/v2/cases?page=2&per_page=100'),
      last: link('/api/v2/cases?per_page=100&page=3'),
    },
    _embedded: { entries: [1] },
  });
  assert.deepEqual(page, { entries: [1], more: true, last: 3, total: 250 });
  const only = pageFrom({ total_entries: 0, _links: { next: null, last: null }, _embedded: { entries: [] } });
  assert.deepEqual(only, { entries: [], more: false, last: 1, total: 0 });
});

test('the first message is known by its case, and a draft is told as unsent', () => {
  const first = interactionFrom(
    { direction: 'in', status: 'received', body: 'Hi', _links: self('cases/5/message') },
    '5',
  );
  assert.deepEqual([first.id, first.unsent], ['message-5', false]);
  const draft = interactionFrom(
    {
      direction: 'out',
      status: 'draft',
      body: '<b>Hi</b>',
      body_text: 'Hi',
      _links: self('cases/5/replies/6'),
    },
    '5',
  );
  assert.deepEqual([draft.id, draft.unsent, draft.body], ['6', true, 'Hi']);
});

test('an answer that is not what it should be is named by the place where it differs', () => {
  assert.throws(
    () => recordFrom('case', { updated_at: 1, _links: self('cases/1') }),
    /UNEXPECTED_ANSWER: .*updated_at/,
  );
});
