import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDesk } from '../../bridge/src/desk/createDesk.ts';
import type { HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import { createCase } from '../desk/cases.ts';
import { createCustomer } from '../desk/customers.ts';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';

let local: LocalDesk;
let desk: HelpDesk;
const customers: string[] = [];
const cases: string[] = [];

before(async () => {
  local = await startDesk({ rateLimitPerMinute: 100_000 });
  desk = createDesk({ url: local.url, auth: { kind: 'basic', ...local } });
  const { state } = local;
  for (let n = 0; n < 250; n += 1)
    customers.push(String(createCustomer(state, { last_name: `C${n}` }, new URLSearchParams()).id));
  const message = { direction: 'in', status: 'received', body: 'B' };
  for (let n = 0; n < 250; n += 1)
    cases.push(
      String(createCase(state, { type: 'email', subject: `S${n}`, message }, Number(customers[0])).id),
    );
});
after(() => local.close());

async function counted<T>(work: () => Promise<T>): Promise<{ result: T; calls: number }> {
  const start = local.calls.length;
  const result = await work();
  return { result, calls: local.calls.length - start };
}

for (const [pair, ids] of [
  ['customer', customers],
  ['case', cases],
] as const) {
  test(`many ${pair}s are read by the page, each as it is`, async () => {
    const { result, calls } = await counted(() => desk.read(pair, [...ids, ids[0] ?? ''], () => true));
    assert.deepEqual([...result.keys()].sort(), [...ids].sort());
    assert.equal(calls, 3);
  });

  test(`a ${pair} that a search gives and that is not trusted is read itself`, async () => {
    const [doubted] = ids;
    const some = ids.slice(0, 10);
    const { result, calls } = await counted(() => desk.read(pair, some, ({ id }) => id !== doubted));
    assert.equal(result.size, 10);
    assert.equal(calls, 2);
  });

  test(`a ${pair} that the index does not know yet is read itself, and one that is gone is absent`, async () => {
    local.searchLagMs = 3_600_000;
    try {
      const { result } = await counted(() => desk.read(pair, [...ids.slice(0, 3), '999999'], () => true));
      assert.equal(result.size, 3);
    } finally {
      local.searchLagMs = 0;
    }
  });
}

test('ids that lie far apart cost no more than one request each', async () => {
  const far = [customers[0] ?? '', customers[120] ?? '', customers[249] ?? ''];
  const { result, calls } = await counted(() => desk.read('customer', far, () => true));
  assert.deepEqual([result.size, calls], [3, 3]);
});

test('cases that want it come with their first message, by the page or alone', async () => {
  const some = cases.slice(0, 30);
  const wants = (id: string) => id !== some[0];
  const { result, calls } = await counted(() => desk.read('case', some, () => true, wants));
  assert.equal(calls, 3, 'one alone, and two pages of those with messages');
  const bodies = some.map((id) => {
    const record = result.get(id);
    return record?.pair === 'case' ? record.firstMessage?.body : null;
  });
  assert.deepEqual(bodies, [undefined, ...some.slice(1).map(() => 'B')]);
});

test('a case that is deleted is absent, whatever the search and the feed say', async () => {
  const [first = '', second = ''] = cases;
  const record = local.state.tables.cases.find(({ id }) => String(id) === first);
  assert.ok(record);
  record.status = 'deleted';
  assert.deepEqual([...(await desk.read('case', [first, second], () => true)).keys()], [second]);
  const since = new Date(Date.now() - 60_000).toISOString();
  const { records } = await desk.changes('case', { since, id: '0' });
  assert.ok(records.length > 0);
  record.updated_at = new Date().toISOString();
  await desk.changes('case', { since, id: '0' });
  assert.deepEqual([...(await desk.read('case', [first], () => true)).keys()], []);
});
