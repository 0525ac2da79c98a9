import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { addLanguage } from '../org/metadata/apply/translations.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { createSf, type Sf } from '../support/sf.ts';

type SetupJson = {
  outcome: string;
  changes: { sign: string; what: string; details: string[] }[];
  replaced?: string;
  findings: { id: string; state: string; evidence: string }[];
};
let local: LocalOrg;
let sf: Sf;
/** What the first setup told. */
let done: SetupJson;

before(async () => {
  local = await startOrg();
  sf = createSf();
  await sf.login(local, 'local');
  await sf.linkPlugin();
});
after(async () => {
  sf.close();
  await local.close();
});

const statuses = () =>
  local.org.schema
    .field('Case', 'Status')
    ?.picklist.filter((value) => value.active)
    .map((value) => value.value);
/** All that the org keeps, as one text. */
const writable = () =>
  JSON.stringify([
    [...local.org.metadata].map(([type, files]) => [
      type,
      [...files].map(([name, file]) => [name, file.toString('base64')]),
    ]),
    local.org.schema
      .objects()
      .map((object) => [object.name, [...local.org.records.rows(object.name).values()]]),
  ]);
const deploys = () =>
  local.org.calls.filter((call) => call.path.includes('/Soap/m/') && call.body.includes('<deploy ')).length;
const setup = async (...args: string[]) => {
  const answer = await sf.run(['deskconnect', 'setup', '--json', ...args]);
  return { code: answer.code, json: answer.json(), result: answer.json().result as SetupJson };
};

test('a dry run shows the plan, lets Salesforce validate it, and writes nothing', async () => {
  const before_ = writable();
  const { code, result } = await setup('--dry-run');
  assert.equal(code, 0);
  assert.equal(result.outcome, 'planned');
  assert.ok(result.changes.some(({ sign, what }) => `${sign} ${what}` === '+ object Desk_Link__c'));
  assert.deepEqual(statuses(), ['New', 'Working', 'Escalated', 'Closed']);
  assert.equal(local.org.schema.object('Desk_Link__c'), undefined);
  assert.equal(writable(), before_, 'no row and no file of the org has changed');
});

test('nothing is changed until somebody agreed to it', async () => {
  const answer = await sf.run(['deskconnect', 'setup']);
  assert.equal(answer.code, 1);
  assert.match(answer.stderr, /nobody agreed/);
  assert.match(answer.stderr, /--no-prompt/);
  assert.equal(local.org.schema.object('Desk_Link__c'), undefined);
});

test('doctor names what is missing and the command that mends it, and exits with 1', async () => {
  const answer = await sf.run(['deskconnect', 'doctor']);
  assert.equal(answer.code, 1);
  assert.match(answer.stdout, /missing: Open, Pending, Resolved/);
  assert.match(answer.stdout, /To mend what is missing: sf deskconnect setup --target-org admin@local\.test/);
});

test('invariant 6: setup deploys what is needed, and removes and deactivates nothing that was there', async () => {
  const { code, result } = await setup('--no-prompt');
  done = result;
  assert.equal(code, 0);
  assert.equal(result.outcome, 'done');
  assert.ok(result.findings.every((finding) => finding.state === 'ok'));
  assert.deepEqual(statuses(), ['New', 'Working', 'Escalated', 'Closed', 'Open', 'Pending', 'Resolved']);
  const closed = local.org.schema
    .field('Case', 'Status')
    ?.picklist.filter((value) => value.closed)
    .map((value) => value.value);
  assert.deepEqual(closed, ['Closed'], 'Resolved must not count as closed');
  const query = await sf.ok([
    'data',
    'query',
    '-q',
    'SELECT Desk_Key__c, Status__c FROM Desk_Link__c',
    '--json',
  ]);
  assert.equal(query.json().status, 0, 'the user sees the new fields');
});

test('setup brings the app with its tabs, views, layouts, actions and reports, and tells how to have German', () => {
  const has = (type: string, ...names: string[]) => {
    for (const name of names) assert.ok(local.org.metadata.get(type)?.has(name), `${type} ${name}`);
  };
  has('CustomApplication', 'Desk_Connect');
  has('CustomTab', 'Desk_Sync', 'Desk_Link__c', 'Desk_Log__c');
  has('FlexiPage', 'Desk_Sync_Health');
  has('ListView', 'Desk_Link__c.Failing', 'Desk_Link__c.Conflicts', 'Desk_Log__c.Errors');
  has('CompactLayout', 'Desk_Link__c.Desk_Link', 'Desk_Log__c.Desk_Log');
  has('QuickAction', 'Case.Desk_Sync', 'Contact.Desk_Sync', 'Account.Desk_Sync');
  const reports = ['In_Step_by_Object', 'Failures_by_Cause', 'Conflicts'];
  has('Report', ...reports.map((name) => `Desk_Connect/${name}`));
  const german = done.findings.find(({ id }) => id === 'translations');
  assert.equal(german?.state, 'ok');
  assert.match(german.evidence, /left out: German\. To have it, add the language in Setup/);
});

test('a language that the org gets later brings its translations with the next setup, and nothing else', async () => {
  addLanguage(local.org, 'de');
  const { result } = await setup('--no-prompt');
  assert.equal(result.outcome, 'done');
  assert.deepEqual(
    result.changes.map(({ what }) => what).sort((a, b) => (a < b ? -1 : 1)),
    [
      'translation Desk_Bridge__c-de',
      'translation Desk_Link__c-de',
      'translation Desk_Log__c-de',
      'translation de',
    ],
  );
  assert.match(local.org.metadata.get('Translations')?.get('de')?.toString() ?? '', /Jetzt abgleichen/);
});

test('invariant 5: a second setup changes nothing, and sends no deployment', async () => {
  const sent = deploys();
  const { code, result } = await setup('--no-prompt');
  assert.deepEqual([code, result.outcome, result.changes], [0, 'nothing', []]);
  assert.equal(deploys(), sent);
  assert.equal((await sf.run(['deskconnect', 'doctor'])).code, 0);
});

test('with --detailed-exit-code, nothing to do exits with 0 and changes with 2', async () => {
  assert.equal((await setup('--dry-run', '--detailed-exit-code')).code, 0);
  const relaxed = await setup('--dry-run', '--detailed-exit-code', '--relax-sessions');
  assert.deepEqual([relaxed.code, relaxed.result.outcome], [2, 'planned']);
});

test('a saved plan is carried out as it was seen, and refused once the org has changed', async () => {
  const plan = join(sf.home, 'plan.json');
  await setup('--dry-run', '--relax-sessions', '--plan-file', plan);
  const security = () => local.org.metadata.get('Settings')?.get('Security')?.toString() ?? '';
  const asPlanned = security();
  local.org.metadata
    .get('Settings')
    ?.set('Security', Buffer.from(asPlanned.replace('TwoHours', 'EightHours')));
  const refused = await setup('--apply', plan, '--no-prompt');
  assert.equal(refused.code, 1);
  assert.match(refused.json.message ?? '', /is not as it was when the plan/);
  local.org.metadata.get('Settings')?.set('Security', Buffer.from(asPlanned));
  const applied = await setup('--apply', plan, '--no-prompt');
  assert.equal(applied.result.outcome, 'done');
  assert.match(security(), /<sessionTimeout>TwentyFourHours</);
});

test('a deployment that Salesforce refuses changes nothing, and is told in its own words', async () => {
  local.org.metadata.get('LightningComponentBundle')?.delete('deskSyncStatus');
  local.org.features.components = false;
  const { code, json } = await setup('--no-prompt');
  local.org.features.components = true;
  assert.equal(code, 1);
  assert.match(json.message ?? '', /LightningComponentBundle deskSyncStatus: .*not available/);
  assert.equal((await setup('--no-prompt')).result.outcome, 'done');
});

test('a locked org and a spent allowance are each told with what to do', async () => {
  const fault = (code: string) =>
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: another deployment is running</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
  local.org.faults.add({
    match: { path: /\/Soap\/m\// },
    action: 'status',
    status: 500,
    body: fault('ORG_LOCKED'),
    headers: { 'content-type': 'text/xml' },
  });
  assert.match((await setup('--no-prompt')).json.message ?? '', /busy with something/);
  const { used } = local.org.limits;
  local.org.limits.used = local.org.limits.max;
  const spent = await setup('--no-prompt');
  local.org.limits.used = used;
  assert.match(spent.json.message ?? '', /used up its API calls/);
});

test('an API version that is too old or too new for the org is told, with what to do', async () => {
  const old = await setup('--api-version', '60.0', '-p');
  assert.match(old.json.message ?? '', /API version 65\.0 or later: 60\.0/);
  const unknown = await setup('--api-version', '99.0', '-p');
  assert.match(unknown.json.message ?? '', /does not speak that API version: 99\.0/);
});

test('a setup that is interrupted is run again, and ends where it would have', async () => {
  local.org.metadata.get('Flow')?.clear();
  local.org.metadata.get('FlowVersion')?.clear();
  for (const name of ['Flow', 'FlowDefinition', 'FlowDefinitionView']) local.org.records.rows(name).clear();
  local.org.faults.add({
    match: { method: 'PATCH', path: /FlowDefinition/ },
    action: 'dropBefore',
    times: 20,
  });
  const broken = await setup('-p');
  local.org.faults.clear();
  assert.equal(broken.code, 1);
  assert.match(broken.json.message ?? '', /flow Desk_Bridge_Requested_Action could not be activated/);
  const again = await setup('-p');
  assert.deepEqual(
    again.result.changes.map(({ what }) => what),
    [
      'flow Desk_Bridge_Requested_Action activated',
      'flow Desk_Case_Commented activated',
      'flow Desk_Case_Emailed activated',
      'flow Desk_Link_Answered activated',
      'flow Desk_Link_Requested_Action activated',
      'flow Desk_Task_Completed activated',
    ],
  );
  assert.equal(again.result.outcome, 'done');
});

test('a value that an administrator deactivated comes back, and only it is deployed', async () => {
  const status = local.org.schema.field('Case', 'Status');
  assert.ok(status);
  local.org.schema.putField('Case', {
    ...status,
    picklist: status.picklist.map((value) =>
      value.value === 'Pending' ? { ...value, active: false } : value,
    ),
  });
  const { result } = await setup('--no-prompt');
  assert.deepEqual(result.changes, [
    {
      sign: '~',
      what: 'values of CaseStatus',
      details: [
        'New, Working, Escalated, Closed, Open, Resolved → New, Working, Escalated, Closed, Open, Resolved, Pending',
      ],
    },
  ]);
  assert.ok(statuses()?.includes('Pending'));
});

test('a user who may not change the org is told so, and what to do', async () => {
  const token = local.addUser('reader@local.test', 'Read Only');
  await sf.login({ url: local.url, accessToken: token }, 'reader');
  const answer = await sf.run(['deskconnect', 'setup', '-o', 'reader', '--no-prompt']);
  assert.equal(answer.code, 1);
  assert.match(answer.stderr, /may not do what setup needs/);
  assert.match(answer.stderr, /Modify Metadata/);
});

test('an ended session is told as such', async () => {
  local.org.sessions.expireAll();
  const { code, json } = await setup('--no-prompt');
  assert.equal(code, 1);
  assert.match(json.message ?? '', /session with this org has expired/);
});
