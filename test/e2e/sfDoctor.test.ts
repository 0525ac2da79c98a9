import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { createSf, type Sf } from '../support/sf.ts';

let local: LocalOrg;
let sf: Sf;

before(async () => {
  local = await startOrg({ state: 'few-calls' });
  sf = createSf();
  await sf.login(local, 'local');
  await sf.linkPlugin();
});
after(async () => {
  sf.close();
  await local.close();
});

test('sf doctor tells what our checks found in the default org', async () => {
  await sf.run(['doctor', '--plugin', '@desk-connect/plugin', '--output-dir', sf.home, '--json']);
  const [file = ''] = globSync('*diagnosis.json', { cwd: sf.home });
  const diagnosis = JSON.parse(readFileSync(join(sf.home, file), 'utf8')) as {
    diagnosticResults: { testName: string; status: string }[];
    suggestions: string[];
  };
  const statusOf = (title: string) =>
    diagnosis.diagnosticResults.find((one) => one.testName === `[@desk-connect/plugin] ${title}`)?.status;
  assert.equal(statusOf('The object Desk Link'), 'fail');
  assert.equal(statusOf('API calls left today'), 'warn');
  assert.equal(statusOf('Case Priority has High, Medium and Low'), 'pass');
  assert.ok(diagnosis.suggestions.some((text) => text.includes('sf deskconnect doctor')));
});

test('as the integration user, doctor judges by what that user sees', async () => {
  await sf.ok(['deskconnect', 'setup', '-p', '--json']);
  const token = local.addUser('bridge@local.test', 'Minimum Access - API Only Integrations');
  await sf.login({ url: local.url, accessToken: token }, 'bridge');
  const check = async () => {
    const answer = await sf.run(['deskconnect', 'doctor', '-o', local.username, '--as', 'bridge', '--json']);
    const { findings } = answer.json().result as {
      findings: { id: string; state: string; evidence: string }[];
    };
    return { code: answer.code, stateOf: (id: string) => findings.find((one) => one.id === id)?.state };
  };
  const before_ = await check();
  assert.deepEqual([before_.code, before_.stateOf('object-access')], [1, 'missing']);
  await sf.ok([
    'org',
    'assign',
    'permset',
    '-n',
    'Desk_Connect_Integration',
    '-o',
    local.username,
    '-b',
    'bridge@local.test',
  ]);
  const after_ = await check();
  assert.deepEqual(
    [after_.code, after_.stateOf('object-access'), after_.stateOf('case-fields')],
    [0, 'ok', 'ok'],
  );
});
