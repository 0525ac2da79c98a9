import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standardConfig } from '../../bridge/src/core/config/activeConfig.ts';
import { DESK_VOCABULARY } from '../../bridge/src/core/vocabulary/desk.ts';
import { startOrgSweep, sweepOrg } from '../../bridge/src/capture/orgSweep.ts';
import type { Org } from '../../bridge/src/ports/org.ts';
import { orgOverRest } from '../../bridge/src/salesforce/orgOverRest.ts';
import { findPersonAccounts } from '../../bridge/src/salesforce/personAccounts.ts';
import { Session } from '../../bridge/src/salesforce/session.ts';
import { openStore } from '../../bridge/src/store/openStore.ts';
import { PRIORITY } from '../../bridge/src/core/spending.ts';
import { mergeRecords } from '../org/records/merge.ts';
import type { LocalOrg } from '../org/startOrg.ts';
import { startPreparedOrg } from '../support/preparedOrg.ts';

let local: LocalOrg;
let session: Session;
let org: Org;
let serial = 0;

const sessionOf = ({ url, accessToken }: LocalOrg) =>
  Session.open({ instanceUrl: url, auth: { kind: 'accessToken', accessToken } });

before(async () => {
  local = await startPreparedOrg({ state: 'person-accounts' });
  session = await sessionOf(local);
  org = orgOverRest(session, Date.now, await findPersonAccounts(session));
});
after(() => local.close());

const linked = (deskId: string, LastName: string) => ({
  object: 'Account' as const,
  fields: { LastName, RecordTypeId: org.personAccounts?.recordTypeId ?? null },
  pair: 'customer' as const,
  deskId,
  deskUrl: `https://desk.test/${deskId}`,
});
const persons = () =>
  [...local.org.records.rows('Account').values()].map((row) => String(row['LastName'])).sort();

test('an org says whether it has person accounts', async () => {
  assert.match(org.personAccounts?.recordTypeId ?? '', /^012/);
  const other = await startPreparedOrg();
  try {
    assert.equal(await findPersonAccounts(await sessionOf(other)), null);
  } finally {
    await other.close();
  }
});

test('a person and the link of its contact are made together, or neither', async () => {
  const [made, taken, refused] = [
    ...(await org.createLinked([linked('1', 'Byron')])),
    ...(await org.createLinked([linked('1', 'Double'), linked('2', 'x'.repeat(100))])),
  ];
  assert.deepEqual([made?.outcome, taken?.outcome, refused?.outcome], ['done', 'taken', 'refused']);
  assert.deepEqual(persons(), ['Byron']);
  const [link] = await org.findLinks('deskKey', ['customer:1']);
  const contact = local.org.records.get('Contact', link?.recordId ?? '');
  assert.equal(contact?.['LastName'], 'Byron');
  assert.ok(made?.outcome === 'done' && made.id === contact?.Id && made.linkId === link?.id);
});

test('a sweep sees customers in persons, once, and no companies', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const store = await openStore({ kind: 'sqlite', folder }, Date.now);
  try {
    await session.request('POST', '/sobjects/Account', { Name: 'Acme' });
    await startOrgSweep(store, '2000-01-01T00:00:00.000Z');
    const { signal } = new AbortController();
    assert.equal(
      await sweepOrg({ org, store, active: () => standardConfig(DESK_VOCABULARY) }, PRIORITY.live, signal),
      2,
    );
    const pairs = await store.claim(10, 60_000);
    assert.deepEqual(pairs.map(({ pair, salesforceId }) => `${pair} ${salesforceId?.slice(0, 3)}`).sort(), [
      'company 001',
      'customer 003',
    ]);
    assert.equal(
      await sweepOrg({ org, store, active: () => standardConfig(DESK_VOCABULARY) }, PRIORITY.live, signal),
      0,
    );
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('contacts and persons tell what was merged into them, and that what they became', async () => {
  const made = async (person: boolean) => {
    const [answer] = person
      ? await org.createLinked([linked(`m${(serial += 1)}`, 'Merged')])
      : [await session.request<{ id: string }>('POST', '/sobjects/Contact', { LastName: 'Merged' })];
    return answer && 'id' in answer ? answer.id : assert.fail();
  };
  for (const person of [true, false]) {
    const [master, loser] = [await made(person), await made(person)];
    const accountOf = (id: string) => String(local.org.records.get('Contact', id)?.['AccountId']);
    const user = local.org.userId(local.username);
    if (person) mergeRecords(local.org, user, 'Account', accountOf(master), [accountOf(loser)]);
    else mergeRecords(local.org, user, 'Contact', master, [loser]);
    assert.deepEqual([...(await org.mergedInto('Contact', [master, loser]))], [[loser, master]]);
    assert.deepEqual([...(await org.survivors('Contact', [master, loser]))], [[loser, master]]);
  }
});
