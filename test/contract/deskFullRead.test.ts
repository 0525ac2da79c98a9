import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createDesk } from '../../bridge/src/desk/createDesk.ts';
import { PAIRS, type PairKind } from '../../bridge/src/core/pair.ts';
import type { FeedPosition, HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import { createCase } from '../desk/cases.ts';
import { createCompany } from '../desk/companies.ts';
import { createCustomer } from '../desk/customers.ts';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';

const PAGE = 2;
let local: LocalDesk;
let desk: HelpDesk;

beforeEach(async () => {
  local = await startDesk({ rateLimitPerMinute: 100_000, maxPageSize: PAGE });
  desk = createDesk({ url: local.url, auth: { kind: 'basic', ...local } });
});
afterEach(() => local.close());

function fill(count: number): void {
  const { state } = local;
  for (let n = 0; n < count; n += 1) {
    createCompany(state, { name: `Company ${n}` });
    const { id } = createCustomer(state, { last_name: `Customer ${n}` }, new URLSearchParams());
    const message = { direction: 'in', status: 'received', body: 'B' };
    createCase(state, { type: 'email', subject: `Case ${n}`, message }, id);
  }
}
const tableOf = (pair: PairKind): { id: number }[] =>
  ({
    company: local.state.tables.companies,
    customer: local.state.tables.customers,
    case: local.state.tables.cases,
  })[pair];

/** Reads everything; `between` runs after each page. */
async function readAll(pair: PairKind, between: (page: number) => void = () => undefined): Promise<string[]> {
  const ids: string[] = [];
  let position: FeedPosition = null;
  for (let page = 1, more = true; more; page += 1) {
    const answer = await desk.changes(pair, position);
    ids.push(...answer.records.map(({ id }) => id));
    // What the bridge keeps of it is JSON.
    position = JSON.parse(JSON.stringify(answer.position)) as FeedPosition;
    ({ more } = answer);
    between(page);
  }
  return ids;
}

for (const pair of PAIRS) {
  test(`a ${pair} that is deleted while all are read makes no other one be passed over`, async () => {
    fill(15);
    const table = tableOf(pair);
    const kept = table.filter((_, index) => index % 3 !== 0).map(({ id }) => String(id));
    const doomed = table.filter((_, index) => index % 3 === 0);
    const ids = new Set(
      await readAll(pair, () => {
        const gone = doomed.shift();
        if (gone) table.splice(table.indexOf(gone), 1);
      }),
    );
    assert.deepEqual(
      kept.filter((id) => !ids.has(id)),
      [],
    );
  });
}

test('all is read though there are more pages than Desk gives of one list', async () => {
  fill(PAGE * 501 + 1);
  for (const pair of PAIRS) {
    const ids = await readAll(pair);
    assert.equal(new Set(ids).size, tableOf(pair).length, pair);
  }
});

test('a desk that does not go on is told of, and not asked for ever', async () => {
  fill(5);
  const body = await (
    await fetch(`${local.url}/api/v2/cases?per_page=2`, {
      headers: {
        authorization: `Basic ${Buffer.from(`${local.email}:${local.password}`).toString('base64')}`,
      },
    })
  ).json();
  local.faults.add({ match: { path: /cases$/ }, action: 'status', status: 200, body, times: 2 });
  await assert.rejects(readAll('case'), /NO_PROGRESS/);
});
