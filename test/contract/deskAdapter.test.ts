import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDesk } from '../../bridge/src/desk/createDesk.ts';
import type { FeedPosition, HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';
import { createOne, updateOne } from '../support/oneInDesk.ts';

let local: LocalDesk;
let desk: HelpDesk;

before(async () => {
  local = await startDesk({ rateLimitPerMinute: 100_000 });
  desk = createDesk({ url: local.url, auth: { kind: 'oauth', ...local.oauth } });
});
after(() => local.close());

const newCompany = async (name: string) => {
  const made = await createOne(desk, 'company', { name });
  assert.equal(made.outcome, 'done');
  return made.outcome === 'done' ? made.record.id : '';
};
/** Reads the feed to its end, and returns what came with where it stands. */
async function readFeed(
  pair: 'company' | 'customer',
  from: FeedPosition,
): Promise<{ ids: Set<string>; position: FeedPosition }> {
  const ids = new Set<string>();
  let position = from;
  for (let more = true; more;) {
    const page = await desk.changes(pair, position);
    for (const record of page.records) ids.add(record.id);
    ({ position, more } = page);
  }
  return { ids, position };
}

/** Two polls: the first may leave a burst of this very moment to the second. */
async function readTwice(pair: 'company' | 'customer', from: FeedPosition): Promise<{ ids: Set<string> }> {
  const first = await readFeed(pair, from);
  const second = await readFeed(pair, first.position);
  return { ids: new Set([...first.ids, ...second.ids]) };
}

test('a record is made, found, changed and read; what is taken says so', async () => {
  const companyId = await newCompany('Adapter');
  const made = await createOne(desk, 'customer', {
    lastName: 'Ada',
    emails: [{ type: 'work', value: 'ada@adapter.test' }],
    externalId: '003X',
    companyId,
  });
  assert.equal(made.outcome, 'done');
  const id = made.outcome === 'done' ? made.record.id : '';
  assert.deepEqual(
    (await desk.find({ pair: 'customer', by: 'email', value: 'ADA@adapter.test' })).map((one) => one.id),
    [id],
  );
  assert.deepEqual(
    await desk.find({ pair: 'customer', by: 'email', value: 'da@adapter.test' }),
    [],
    'a near match is none',
  );
  const taken = await createOne(desk, 'customer', { lastName: 'Other', externalId: '003X' });
  assert.deepEqual([taken.outcome, taken.outcome === 'taken' && taken.field], ['taken', 'externalId']);
  const changed = await updateOne(desk, 'customer', id, {
    companyId: null,
    phones: [{ type: 'mobile', value: '1' }],
  });
  assert.equal(
    changed.outcome === 'done' && changed.record.pair === 'customer' && changed.record.companyId,
    null,
  );
  assert.deepEqual([...(await desk.read('customer', [id, '999999'], () => true)).keys()], [id]);
  assert.equal((await updateOne(desk, 'customer', '999999', { title: 'x' })).outcome, 'gone');
});

test('of many records each has an outcome of its own, in their order, whatever becomes of the others', async () => {
  local.faults.add({
    match: { method: 'POST', body: /Unlucky/ },
    action: 'status',
    status: 500,
    body: {},
  });
  const names = ['First', 'Unlucky', 'Third', 'Taken', 'Fifth'];
  await createOne(desk, 'customer', { lastName: 'There', externalId: '003Taken' });
  const outcomes = await desk.create(
    'customer',
    names.map((lastName) => ({
      changes: { lastName, ...(lastName === 'Taken' ? { externalId: '003Taken' } : {}) },
      again: false,
    })),
  );
  assert.deepEqual(
    outcomes.map((one) =>
      one.outcome === 'done' && one.record.pair === 'customer' ? one.record.lastName : one.outcome,
    ),
    ['First', 'refused', 'Third', 'taken', 'Fifth'],
  );
});

test('a company goes without our id, and is found by its name alone', async () => {
  const made = await createOne(desk, 'company', { name: 'Nameless', externalId: '001X' });
  assert.equal(made.outcome, 'done');
  assert.equal(made.record.externalId, null);
  assert.deepEqual(await desk.find({ pair: 'company', by: 'externalId', value: '001X' }), []);
  assert.equal((await desk.find({ pair: 'company', by: 'name', value: 'nameless' })).length, 1);
});

test('a case that is removed is absent, one that is gone already is removed, and one that Desk keeps says so', async () => {
  const customer = await createOne(desk, 'customer', { lastName: 'Leaving' });
  assert.equal(customer.outcome, 'done');
  const cases = await desk.create(
    'case',
    ['open', 'closed'].map((status) => ({
      changes: { subject: status, status, customerId: customer.record.id },
      again: false,
    })),
  );
  const ids = cases.map((one) => (one.outcome === 'done' ? one.record.id : ''));
  const removed = await desk.remove([ids[0] ?? '', '999999', ids[1] ?? '']);
  assert.deepEqual(
    removed.map(({ outcome }) => outcome),
    ['done', 'done', 'refused'],
  );
  assert.deepEqual([...(await desk.read('case', ids, () => true)).keys()], [ids[1]]);
});

test('a position of another help desk is refused', async () => {
  await assert.rejects(desk.changes('case', { cursor: 'abc' }), /no position of a feed of Desk/);
});

test('a refusal in plain words is a refusal all the same', async () => {
  local.faults.add({
    match: { method: 'PATCH' },
    action: 'status',
    status: 422,
    body: 'Nope' as unknown as object,
  });
  const id = await newCompany('Plain words');
  assert.equal((await updateOne(desk, 'company', id, { name: 'Other words' })).outcome, 'refused');
});

test('the feed tells of every change, though more than a page changed within one second', async () => {
  const { position } = await readFeed('customer', desk.startOf('customer', Date.now()));
  const made: string[] = [];
  for (let n = 0; n < 230; n += 1) {
    const one = await createOne(desk, 'customer', { lastName: `Burst ${n}` });
    if (one.outcome === 'done') made.push(one.record.id);
  }
  const next = await readTwice('customer', position);
  assert.deepEqual(
    made.filter((id) => !next.ids.has(id)),
    [],
  );
});

test('a full read has every record, and goes over into the changes since it began', async () => {
  const all = await readFeed('customer', null);
  assert.equal(all.ids.size, local.state.tables.customers.length);
  const late = await createOne(desk, 'customer', { lastName: 'Late' });
  const next = await readTwice('customer', all.position);
  assert.ok(late.outcome === 'done' && next.ids.has(late.record.id));
});

test('a poll of a quiet site costs one request', async () => {
  const { position } = await readFeed('company', desk.startOf('customer', Date.now()));
  const before_ = local.calls.length;
  await desk.changes('company', position);
  assert.equal(local.calls.length - before_, 1);
});
