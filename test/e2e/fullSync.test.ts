import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { differences } from '../support/oracle.ts';
import { createSf, type Sf } from '../support/sf.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let bridge: BridgeProcess;
let sf: Sf;

type Counts = Record<string, number>;
type Report = { objects: Record<string, Counts>; cost: Record<string, number> };

const run = async (command: string[], ...args: string[]) => {
  const at = ['--bridge-url', `http://127.0.0.1:${bridge.port}`, '--data-dir', world.dataFolder, '--json'];
  const answer = await sf.run(['deskconnect', ...command, ...at, ...args]);
  return { code: answer.code, json: answer.json() };
};
const report = async () => (await run(['sync'], '--all', '--dry-run')).json.result as Report;
const occurring = (counts: Counts | undefined) =>
  Object.fromEntries(Object.entries(counts ?? {}).filter(([, count]) => count > 0));

let company = 0;
const customer = (last_name: string, email: string, companyId: number | null = company) =>
  world.agent<{ id: number }>('POST', 'customers', {
    last_name,
    emails: [{ type: 'work', value: email }],
    ...(companyId === null
      ? {}
      : { _links: { company: { href: `/api/v2/companies/${companyId}`, class: 'company' } } }),
  });
const contact = async (LastName: string, Email: string) =>
  (await world.salesforce.sobject('Contact').create({ LastName, Email })).id ?? '';

/** Long before the bridge starts: neither the poll nor the sweep looks back so far. */
function age(): void {
  for (const table of [world.desk.state.tables.companies, world.desk.state.tables.customers])
    for (const one of table) one.updated_at = '2020-01-01T00:00:00Z';
  for (const one of world.desk.state.tables.cases) one.updated_at = '2020-01-01T00:00:00Z';
  for (const object of ['Account', 'Contact', 'Case']) {
    const rows = world.org.org.records.rows(object);
    for (const [id, row] of rows) rows.set(id, { ...row, SystemModstamp: '2020-01-01T00:00:00.000+0000' });
  }
}

/** Everything that people could see of either side. */
const everything = () => {
  const rows = ['Account', 'Contact', 'Case', 'Desk_Link__c', 'CaseComment'].map((object) => [
    ...world.org.org.records.rows(object).values(),
  ]);
  return JSON.stringify([rows, world.desk.state.tables]);
};

before(async () => {
  world = await createWorld();
  sf = createSf();
  await sf.linkPlugin();
  company = (await world.agent<{ id: number }>('POST', 'companies', { name: 'Both' })).id;
  await world.salesforce.sobject('Account').create({ Name: 'both' });
  const known = await customer('Known', 'known@both.test');
  await contact('Known', 'known@both.test');
  await customer('In Desk', 'desk@only.test');
  await customer('Two of them', 'two@double.test', null);
  await contact('One', 'two@double.test');
  await contact('Two', 'two@double.test');
  const mine = await contact('In Salesforce', 'salesforce@only.test');
  await world.agent('POST', 'cases', {
    type: 'email',
    subject: 'Of a known customer',
    message: { direction: 'in', status: 'received', subject: 'S', body: 'B' },
    _links: { customer: { href: `/api/v2/customers/${known.id}`, class: 'customer' } },
  });
  await world.salesforce.sobject('Case').create({ Subject: 'Of a contact', ContactId: mine, Status: 'New' });
  await world.salesforce.sobject('Case').create({ Subject: 'Of nobody', Status: 'New' });
  age();
  bridge = await world.startBridge();
});
after(async () => {
  sf.close();
  await world.close();
});

test('invariant 4: a dry run says for each kind what would be done, and writes nothing, anywhere', async () => {
  const before = everything();
  const { objects, cost } = await report();
  assert.deepEqual(occurring(objects['company']), { link: 1 });
  assert.deepEqual(occurring(objects['customer']), {
    link: 1,
    createInSalesforce: 1,
    createInDesk: 1,
    ambiguous: 3,
  });
  assert.deepEqual(occurring(objects['case']), { createInSalesforce: 1, createInDesk: 1, parked: 1 });
  assert.ok((cost['deskCalls'] ?? 0) > 0 && (cost['minutes'] ?? 0) === 1);
  assert.equal(everything(), before);
  assert.deepEqual((await bridge.status()).pairs, {
    inStep: 0,
    waiting: 0,
    failing: 0,
    excluded: 0,
    unlinked: 0,
  });
});

test('a full sync does what the dry run said, and tells how far it is', async () => {
  const { code, json } = await run(['sync'], '--all');
  assert.equal(code, 0);
  const result = json.result as { done: boolean; read: Record<string, { salesforce: number; desk: number }> };
  assert.equal(result.done, true);
  assert.deepEqual(result.read['customer'], { salesforce: 4, desk: 3 });
  const link = async (soql: string) => (await world.salesforce.query(soql)).totalSize;
  assert.equal(await link("SELECT Id FROM Desk_Link__c WHERE Pair__c = 'customer'"), 3);
  assert.equal(await link("SELECT Id FROM Desk_Link__c WHERE Pair__c = 'case'"), 2);
  assert.equal(world.desk.state.tables.customers.length, 4);
  const after = await report();
  assert.deepEqual(occurring(after.objects['company']), { inStep: 1 });
  assert.deepEqual(occurring(after.objects['customer']), { inStep: 3, ambiguous: 3 });
  assert.deepEqual(occurring(after.objects['case']), { inStep: 2, parked: 1 });
});

test('two records that somebody ties are in step; one that is tied already is not tied again', async () => {
  const { records } = await world.salesforce.query<{ Id: string; LastName: string }>(
    "SELECT Id, LastName FROM Contact WHERE Email = 'two@double.test' ORDER BY LastName",
  );
  const [one, two] = records.map(({ Id }) => Id);
  const ambiguous = world.desk.state.tables.customers.find((each) => each.last_name === 'Two of them');
  const tie = (salesforce: string | undefined, desk: string) =>
    run(['link'], '--salesforce', salesforce ?? '', '--desk', desk);
  assert.match((await tie(one, 'case:1')).json.message ?? '', /A Contact goes with a customer/);
  assert.match((await tie(one, 'customer:999999')).json.message ?? '', /no customer 999999/);
  assert.equal((await tie(one, `customer:${ambiguous?.id}`)).code, 0);
  await waitFor('the two to be in step', () => ambiguous?.last_name === 'One');
  assert.match((await tie(two, `customer:${ambiguous?.id}`)).json.message ?? '', /is tied to customer/);
});

test('a full sync that is interrupted by a kill goes on where it was, and doubles nothing', async () => {
  for (let n = 0; n < 250; n += 1) await customer(`Customer ${n}`, `c${n}@many.test`, null);
  await bridge.kill();
  age();
  bridge = await world.startBridge();
  await run(['sync'], '--all', '--wait', '0');
  await waitFor('some of it', async () => (await bridge.status()).pairs['inStep'] !== 6);
  await bridge.kill();
  bridge = await world.startBridge();
  await waitFor(
    () => `the rest:\n${differences(world).slice(0, 5).join('\n')}`,
    () => differences(world).every((one) => /Two|Of nobody|500|003/.test(one)),
  );
  const { totalSize } = await world.salesforce.query("SELECT Id FROM Contact WHERE Email LIKE '%@many.test'");
  assert.equal(totalSize, 250);
});

test('a full sync waits while 75 % of the daily calls are used, and live changes do not', async () => {
  const { limits } = world.org.org;
  limits.used = Math.ceil(limits.max * 0.8);
  await customer('Comes late', 'late@many.test', null);
  age();
  const [live] = world.desk.state.tables.cases;
  await world.agent('PATCH', `cases/${live?.id}`, { subject: 'Live all the same' });
  await waitFor('the live change', async () => {
    const { totalSize } = await world.salesforce.query(
      "SELECT Id FROM Case WHERE Subject = 'Live all the same'",
    );
    return totalSize === 1;
  });
  await run(['sync'], '--all', '--wait', '0');
  type Parts = { parts: Record<string, { detail: string }>; budgets: { salesforce: { used: number } } };
  const status = async () => (await run(['status'])).json.result as Parts;
  await waitFor('the status to say so', async () =>
    /75 %/.test((await status()).parts['full sync']?.detail ?? ''),
  );
  assert.ok((await status()).budgets.salesforce.used >= limits.max * 0.8);
  const { totalSize } = await world.salesforce.query("SELECT Id FROM Contact WHERE LastName = 'Comes late'");
  assert.equal(totalSize, 0);
});
