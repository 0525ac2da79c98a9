import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { createSf, type Sf } from '../support/sf.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let bridge: BridgeProcess;
let sf: Sf;
let caseId = '';
let deskCaseId = '';

before(async () => {
  world = await createWorld();
  sf = createSf();
  await sf.login(world.org, 'local');
  await sf.linkPlugin();
  bridge = await world.startBridge();
});
after(async () => {
  sf.close();
  await world.close();
});

const runAt = async (command: string[], url: string, dataFolder: string, ...args: string[]) => {
  const at = ['--bridge-url', url, '--data-dir', dataFolder, '--json'];
  const answer = await sf.run(['deskconnect', ...command, ...at, ...args]);
  return { code: answer.code, json: answer.json() };
};
const run = (command: string[], ...args: string[]) =>
  runAt(command, `http://127.0.0.1:${bridge.port}`, world.dataFolder, ...args);
const explain = async (record: string) =>
  (await run(['explain'], '-r', record)).json.result as { state: string; explanation: { rule: string } };

test('the acceptance test of the original: a new case for a new customer in Desk is in Salesforce, with contact, status and priority', async () => {
  const answer = await sf.run(['deskconnect', 'test', 'case', '--desk-url', world.desk.url, '--json'], {
    env: { DESKCONNECT_DESK_EMAIL: world.desk.email, DESKCONNECT_DESK_PASSWORD: world.desk.password },
  });
  assert.equal(answer.code, 0, answer.stdout);
  const result = answer.json().result as {
    caseId: string;
    deskCaseId: string;
    contact: string;
    status: string;
    priority: string;
  };
  ({ caseId, deskCaseId } = result);
  assert.match(result.contact, /^Don Magic/);
  assert.deepEqual([result.status, result.priority], ['Open', 'High']);
});

test('status counts the pairs and tells of each part', async () => {
  await waitFor('the pairs to rest', async () => (await bridge.status()).pairs['inStep'] === 2);
  const { code, json } = await run(['status']);
  assert.equal(code, 0);
  const status = json.result as { pairs: Record<string, number>; parts: Record<string, { state: string }> };
  assert.deepEqual([status.pairs['inStep'], status.pairs['failing']], [2, 0]);
  assert.equal(status.parts['engine']?.state, 'up');
});

test('a record is found by its id on either side, explained by the rule that holds, and its history told', async () => {
  assert.deepEqual((await explain(caseId)).explanation.rule, 'equal');
  assert.deepEqual((await explain(`case:${deskCaseId}`)).explanation.rule, 'equal');
  const { json } = await run(['history'], '-r', caseId);
  const rules = (json.result as { rule: string }[]).map(({ rule }) => rule);
  assert.ok(rules.includes('newInDesk'), rules.join());
});

test('unlinked by command, nothing crosses; relinked, it crosses again, and a conflict stands on the link', async () => {
  assert.equal((await run(['unlink'], '-r', caseId)).code, 0);
  await waitFor('the pair to be unlinked', async () => (await bridge.status()).pairs['unlinked'] === 1);
  await world.salesforce.sobject('Case').update({ Id: caseId, Subject: 'Changed meanwhile' });
  await world.agent('PATCH', `cases/${deskCaseId}`, { subject: 'Changed in Desk too' });
  assert.equal((await explain(caseId)).explanation.rule, 'unlinked');
  assert.equal((await run(['relink'], '-r', `case:${deskCaseId}`)).code, 0);
  await waitFor('the change to cross', () => {
    const found = world.desk.state.tables.cases.find((one) => String(one.id) === deskCaseId);
    return found?.subject === 'Changed meanwhile';
  });
  type Row = { Status__c: string; Last_Error__c: string | null };
  await waitFor('the link to tell of the conflict', async () => {
    const { records } = await world.salesforce.query<Row>(
      `SELECT Status__c, Last_Error__c FROM Desk_Link__c WHERE Record_Id__c = '${caseId}'`,
    );
    return records[0]?.Status__c === 'Conflict' && /changed subject/.test(records[0].Last_Error__c ?? '');
  });
  assert.equal((await run(['sync'], '-r', caseId)).code, 0);
  await waitFor('the link to be in step once somebody has looked', async () => {
    const { records } = await world.salesforce.query<Row>(
      `SELECT Status__c FROM Desk_Link__c WHERE Record_Id__c = '${caseId}'`,
    );
    return records[0]?.Status__c === 'In Step';
  });
});

test('what failed for one cause is tried again at one command', async () => {
  world.desk.faults.add({
    match: { method: 'PATCH', path: /\/cases\// },
    action: 'status',
    status: 422,
    body: { message: 'Validation Failed', errors: { subject: ['invalid'] } },
    times: 1_000,
  });
  await world.salesforce.sobject('Case').update({ Id: caseId, Subject: 'Refused for a while' });
  await waitFor('the failure', async () => (await bridge.status()).pairs['failing'] === 1);
  const status = (await run(['status'])).json.result as { causes: { class: string; pairs: number }[] };
  assert.deepEqual(
    status.causes.map((cause) => [cause.class, cause.pairs]),
    [['validation', 1]],
  );
  world.desk.faults.clear();
  const due = async (cause: string) =>
    ((await run(['retry'], '--cause', cause)).json.result as { due: number }).due;
  assert.equal(await due('permission'), 0);
  assert.equal(await due('validation'), 1);
  await waitFor('no failure', async () => (await bridge.status()).pairs['failing'] === 0);
});

test('verify finds what no event told of, says what differs, and repairs it when asked', async () => {
  const verify = async (...args: string[]) => {
    const { code, json } = await run(['verify'], ...args);
    const { compared, differences } = json.result as {
      compared: number;
      differences: { salesforceId: string; explanation: { details: string[] } }[];
    };
    return { code, compared, differences };
  };
  await waitFor('the pairs to rest', async () => (await bridge.status()).pairs['inStep'] === 2);
  assert.deepEqual(await verify(), { code: 0, compared: 2, differences: [] });
  // Behind everybody's back: no event, and no newer time than the sweep has seen.
  const rows = world.org.org.records.rows('Case');
  const row = rows.get(caseId);
  assert.ok(row);
  rows.set(caseId, { ...row, Subject: 'Changed in silence' });
  const found = await verify();
  assert.equal(found.code, 1);
  assert.deepEqual(
    found.differences.map((one) => [one.salesforceId, ...one.explanation.details]),
    [[caseId, 'to Desk: subject']],
  );
  assert.equal((await verify('--repair')).code, 0);
  await waitFor('the change to cross', () => {
    const there = world.desk.state.tables.cases.find((one) => String(one.id) === deskCaseId);
    return there?.subject === 'Changed in silence';
  });
});

test('a wrong name, an unknown record, a missing token and a bridge that is not there are each told', async () => {
  const url = `http://127.0.0.1:${bridge.port}`;
  const told = async (answer: ReturnType<typeof run>) => {
    const { code, json } = await answer;
    assert.equal(code, 1);
    return json.message ?? '';
  };
  assert.match(await told(run(['explain'], '-r', 'case:abc')), /Name a record by its Salesforce id/);
  const unseen = await told(run(['unlink'], '-r', 'case:999999'));
  assert.match(unseen, /has not seen this record yet\. "sf deskconnect sync --record case:999999"/);
  assert.match(await told(run(['sync'], '-r', 'case:999999')), /There is no case 999999 in Desk/);
  assert.match(await told(run(['retry'], '--cause', 'weather')), /The classes are permission, validation/);
  assert.match(await told(runAt(['explain'], url, sf.home, '-r', caseId)), /token in .* is missing/);
  assert.match(await told(runAt(['status'], 'http://127.0.0.1:1', sf.home)), /No bridge answers/);
});

test('a body that is no JSON is refused as such, and does not tell more', async () => {
  const token = readFileSync(join(world.dataFolder, 'control-token'), 'utf8').trim();
  const response = await fetch(`http://127.0.0.1:${bridge.port}/control/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"record":',
  });
  assert.equal(response.status, 400);
  assert.match(((await response.json()) as { message: string }).message, /JSON/);
});

test('a page of the web whose name leads to this machine gets nothing', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    get({ port: bridge.port, path: '/log', headers: { host: 'rebound.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).once('error', reject);
  });
  assert.equal(status, 403);
});

test('only who may read the data folder can command the bridge', async () => {
  assert.equal(statSync(join(world.dataFolder, 'control-token')).mode & 0o777, 0o600);
  const asked = ['pair', 'history', 'explain', 'verify', 'config', 'full-sync'].map((page) => `GET ${page}`);
  const told = ['ask', 'retry', 'link', 'config', 'full-sync'].map((page) => `POST ${page}`);
  for (const [method = '', page = ''] of [...asked, ...told].map((one) => one.split(' '))) {
    for (const authorization of [undefined, 'Bearer ', `Bearer ${'0'.repeat(64)}`]) {
      const response = await fetch(`http://127.0.0.1:${bridge.port}/control/${page}`, {
        method,
        headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
        ...(method === 'POST' ? { body: '{}' } : {}),
      });
      assert.equal(response.status, 401, `${method} ${page}`);
    }
  }
});

test('the metrics tell the pairs by state and the parts, in the format of Prometheus', async () => {
  const text = await (await fetch(`http://127.0.0.1:${bridge.port}/metrics`)).text();
  assert.match(text, /^deskconnect_pairs\{state="inStep"\} 2$/m);
  assert.match(text, /^deskconnect_part_up\{part="engine"\} 1$/m);
  assert.match(text, /^process_resident_memory_bytes \d+$/m);
  assert.match(text, /^deskconnect_calls_total\{side="desk",call="\w+"\} \d+$/m);
  assert.match(text, /^deskconnect_round_seconds_count [1-9]/m);
});
