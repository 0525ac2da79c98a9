import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { createSf, type Sf } from '../support/sf.ts';

type SetupJson = {
  outcome: string;
  changes: string[];
  findings: { id: string; state: string; evidence: string }[];
};
let local: LocalOrg;
let sf: Sf;

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
const deploys = () =>
  local.org.calls.filter((call) => call.path.includes('/Soap/m/') && call.body.includes('<deploy ')).length;
const setup = async (...args: string[]) => {
  const answer = await sf.run(['deskconnect', 'setup', '--json', ...args]);
  return { code: answer.code, json: answer.json(), result: answer.json().result as SetupJson };
};

test('a dry run shows the plan, lets Salesforce validate it, and writes nothing', async () => {
  const before_ = local.org.records.rows('PermissionSet').size;
  const { code, result } = await setup('--dry-run');
  assert.equal(code, 0);
  assert.equal(result.outcome, 'planned');
  assert.ok(result.changes.includes('+ object Desk_Link__c'));
  assert.deepEqual(statuses(), ['New', 'Working', 'Escalated', 'Closed']);
  assert.equal(local.org.schema.object('Desk_Link__c'), undefined);
  assert.equal(local.org.records.rows('PermissionSet').size, before_);
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
  assert.match(answer.stdout, /fix: sf deskconnect setup -o/);
});

test('setup deploys what is needed and keeps what was there', async () => {
  const { code, result } = await setup('--no-prompt');
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

test('a second setup changes nothing, and sends no deployment', async () => {
  const sent = deploys();
  const { code, result } = await setup('--no-prompt');
  assert.deepEqual([code, result.outcome, result.changes], [0, 'nothing', []]);
  assert.equal(deploys(), sent);
  assert.equal((await sf.run(['deskconnect', 'doctor'])).code, 0);
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
  assert.deepEqual(result.changes, ['~ CaseStatus: + Pending (all other values stay)']);
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
