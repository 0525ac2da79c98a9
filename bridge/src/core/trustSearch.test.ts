import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeskCustomer } from '../ports/helpDesk.ts';
import { deskValues, salesforceValues } from './fieldMap.ts';
import { DESK_VOCABULARY } from './vocabulary/desk.ts';
import { trustFeed, trustSearch } from './trustSearch.ts';

const maps = DESK_VOCABULARY.maps.customer;
const desk: DeskCustomer = {
  pair: 'customer',
  id: '1',
  updatedAt: '2026-01-01T00:00:10Z',
  customFields: {},
  externalId: null,
  firstName: null,
  lastName: 'Ada',
  title: 'Countess',
  background: null,
  emails: [{ type: 'work', value: 'ada@engine.test' }],
  phones: [],
  companyId: null,
};
const salesforce = {
  Id: '003',
  SystemModstamp: '',
  LastName: 'Ada',
  Title: 'Countess',
  Email: 'ada@engine.test',
};
const base = {
  salesforce: salesforceValues(maps, salesforce),
  desk: deskValues(maps, desk),
  deskAt: '2026-01-01T00:00:10Z',
};

test('what a search gives is trusted when it is as the two were left', () => {
  assert.ok(trustSearch(maps, base, salesforce, desk));
  assert.ok(
    trustSearch(maps, base, { ...salesforce, Title: 'Dr.' }, { ...desk, updatedAt: '2026-01-01T00:00:00Z' }),
  );
  assert.ok(trustSearch(maps, null, salesforce, desk), 'there is nothing yet that it could undo');
});

test('a change that a search shows is trusted when it is newer than what we know, and never else', () => {
  const changed = { ...desk, title: 'Old title' };
  assert.ok(trustSearch(maps, base, salesforce, { ...changed, updatedAt: '2026-01-01T00:00:11Z' }));
  assert.ok(
    !trustSearch(maps, base, salesforce, changed),
    'the same second may be before or after our write',
  );
  assert.ok(!trustSearch(maps, base, salesforce, { ...changed, updatedAt: '2026-01-01T00:00:09Z' }));
  const { deskAt: _unknown, ...older } = base;
  assert.ok(!trustSearch(maps, older, salesforce, { ...changed, updatedAt: '2026-01-01T00:00:11Z' }));
});

test('a list that is to be written is read itself, for it is written whole', () => {
  assert.ok(!trustSearch(maps, base, { ...salesforce, Email: 'ada@new.test' }, desk));
  assert.ok(!trustSearch(maps, base, { ...salesforce, MobilePhone: '1' }, desk));
});

test('what the feed read before our last write is not taken for a change that an agent made after it', () => {
  const changed = { ...desk, title: 'Written over' };
  assert.ok(trustFeed(maps, base, salesforce, { ...changed, updatedAt: '2026-01-01T00:00:11Z' }));
  assert.ok(!trustFeed(maps, base, salesforce, changed), 'the same second may be before or after it');
  assert.ok(!trustFeed(maps, base, salesforce, { ...changed, updatedAt: '2026-01-01T00:00:09Z' }));
  assert.ok(trustFeed(maps, base, salesforce, desk), 'as the two were left');
  assert.ok(!trustFeed(maps, base, { ...salesforce, Title: 'Dr.' }, desk), 'a write to Desk would follow');
  assert.ok(trustFeed(maps, null, null, desk));
});
