import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

type Row = { Log_Key__c: string; Level__c: string; Record_Id__c: string; Contact__c: string };
async function rows(recordId: string): Promise<Row[]> {
  const { records } = await world.salesforce.query<Row>(
    `SELECT Log_Key__c, Level__c, Record_Id__c, Contact__c FROM Desk_Log__c WHERE Record_Id__c = '${recordId}'`,
  );
  return records;
}
/** A contact that Desk refuses to take. */
async function refusedContact(name: string): Promise<string> {
  world.desk.faults.add({
    match: { method: 'POST', path: /customers$/, body: new RegExp(name) },
    action: 'status',
    status: 422,
    body: { message: 'Validation Failed', errors: { first_name: ['invalid'] } },
    times: 100,
  });
  const { id } = await world.salesforce
    .sobject('Contact')
    .create({ LastName: name, Email: `${name.toLowerCase()}@log.test` });
  return id ?? '';
}

test('old rows are deleted; a failure has a row with its record, once, though the answer is lost and the bridge killed', async () => {
  const old = new Date(Date.now() - 40 * 86_400_000).toISOString();
  for (const [key, at] of [
    ['old', old],
    ['young', new Date().toISOString()],
  ] as const)
    await world.salesforce
      .sobject('Desk_Log__c')
      .create({ Log_Key__c: key, At__c: at, Record_Id__c: '003000000000001AAA' });
  let struck = false;
  world.org.org.faults.add({
    match: { method: 'POST', path: /composite\/sobjects/, body: /Desk_Log__c/ },
    action: 'dropAfter',
    onStrike: () => {
      struck = true;
    },
  });
  const bridge = await world.startBridge();
  const id = await refusedContact('Refused');
  await waitFor('the lost answer', () => struck);
  await bridge.kill();
  assert.equal((await rows(id)).length, 1);

  const again = await world.startBridge();
  // What comes after it, was written after it: then the first batch was repeated.
  const later = await refusedContact('Later');
  const [row] = await waitFor('the later row', async () => {
    const found = await rows(later);
    return found.length > 0 ? found : null;
  });
  assert.ok(row);
  assert.deepEqual(
    { ...row, Log_Key__c: '' },
    { ...row, Log_Key__c: '', Level__c: 'Error', Record_Id__c: later, Contact__c: later },
  );
  await waitFor('one row for each entry of the log', async () => {
    const log = (await (await fetch(`http://127.0.0.1:${again.port}/log`)).json()) as {
      entries: { level: string; salesforceId: string | null }[];
    };
    const entries = log.entries.filter(({ level, salesforceId }) => level !== 'info' && salesforceId === id);
    return entries.length > 0 && (await rows(id)).length === entries.length;
  });
  await waitFor(
    'the old row to go',
    async () => (await rows('003000000000001AAA')).map((one) => one.Log_Key__c).join() === 'young',
  );
});

test('an org without the object is served, and the bridge says so', async () => {
  world.org.org.schema.remove('Desk_Log__c');
  const bridge = await world.startBridge({ DESKCONNECT_DATA: `${world.dataFolder}-second` });
  await refusedContact('Nowhere');
  await waitFor('what the part says', async () => {
    const text = await (await fetch(`http://127.0.0.1:${bridge.port}/health/ready`)).text();
    return /"salesforce log":\{"state":"up"[^}]*refused/.test(text);
  });
  assert.ok((await bridge.status()).ready);
});

test('a bridge that is to carry no log is ready all the same', async () => {
  const bridge = await world.startBridge({
    DESKCONNECT_DATA: `${world.dataFolder}-third`,
    DESKCONNECT_SALESFORCE_LOG: 'off',
  });
  assert.ok((await bridge.status()).ready);
});
