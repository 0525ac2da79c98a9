import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { after, before, test } from 'node:test';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { createSf, type Sf } from '../support/sf.ts';
import { waitFor } from '../support/waitFor.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

type Finding = { id: string; state: string; evidence: string; remedy?: string };

const USER = 'bridge@local.test';
let local: LocalOrg;
let zendesk: LocalZendesk;
let sf: Sf;
let credentials: Record<string, string>;

before(async () => {
  local = await startOrg();
  zendesk = await startZendesk();
  sf = createSf();
  await sf.login(local, 'local');
  await sf.linkPlugin();
  await sf.ok(['deskconnect', 'setup', '--no-prompt', '--integration-user', USER, '--json']);
  credentials = {
    DESKCONNECT_ZENDESK_EMAIL: zendesk.adminEmail,
    DESKCONNECT_ZENDESK_TOKEN: zendesk.apiTokens[0] ?? '',
  };
});
after(async () => {
  sf.close();
  await zendesk.close();
  await local.close();
});

const folder = () => join(sf.home, 'bridge');
const connect = async (env: Record<string, string>) => {
  const flags = ['--integration-user', USER, '--create-user', '-d', folder(), '--json', '-p'];
  const answer = await sf.run(
    ['deskconnect', 'connect', '--desk', 'zendesk', '--desk-url', zendesk.url, ...flags],
    { env },
  );
  return { code: answer.code, text: answer.stdout + answer.stderr, json: answer.json() };
};
const doctor = async () => {
  const answer = await sf.run(['deskconnect', 'doctor', '--config-dir', folder(), '--json']);
  const { findings } = answer.json().result as { findings: Finding[] };
  return { code: answer.code, of: (id: string) => findings.find((one) => one.id === id) };
};

test('what Zendesk would refuse is told with what to do, before anything is changed in Salesforce', async () => {
  const none = await connect({});
  assert.equal(none.json.name, 'CredentialsMissingError');
  assert.match(none.json.message ?? '', /^Zendesk's credentials/);
  assert.match(none.json.actions?.[0] ?? '', /DESKCONNECT_ZENDESK_EMAIL and DESKCONNECT_ZENDESK_TOKEN, or /);

  const wrong = await connect({ ...credentials, DESKCONNECT_ZENDESK_TOKEN: 'another token' });
  assert.equal(wrong.json.name, 'DeskRefusedError');
  assert.ok(!wrong.text.includes('another token'), 'a secret shows nowhere');

  const agent = await connect({ ...credentials, DESKCONNECT_ZENDESK_EMAIL: zendesk.agentEmail });
  assert.equal(agent.json.name, 'DeskUserUnfitError');
  assert.match(agent.json.message ?? '', /agent@zendesk\.test, who .* no administrator/);
  assert.match(agent.json.actions?.[0] ?? '', /Make the user an administrator/);

  zendesk.settings.apiTokenAccess = false;
  const off = await connect(credentials);
  zendesk.settings.apiTokenAccess = true;
  assert.equal(off.json.name, 'DeskUserUnfitError');
  assert.match(off.json.message ?? '', /API token access is off/);
  assert.equal(local.org.apps.size, 0);
});

test('doctor says when the help desk was not looked at, and why', async () => {
  const { stdout } = await sf.run(['deskconnect', 'doctor', '--config-dir', folder()]);
  assert.match(stdout, /The help desk was not checked: .*connect/);
});

test('connect with Zendesk writes down which desk it is, and its secrets where only the owner reads them', async () => {
  const { code, json, text } = await connect(credentials);
  assert.equal(code, 0, json.message);
  const { deskUser, files } = json.result as {
    deskUser: string;
    files: { settings: string; secrets: string };
  };
  assert.equal(deskUser, zendesk.adminEmail);
  assert.ok(!text.includes(credentials['DESKCONNECT_ZENDESK_TOKEN'] ?? ''), 'a secret shows nowhere');
  const settings = parseEnv(readFileSync(files.settings, 'utf8'));
  assert.equal(settings['DESKCONNECT_DESK'], 'zendesk');
  assert.equal(settings['DESKCONNECT_DESK_URL'], zendesk.url);
  assert.deepEqual(parseEnv(readFileSync(files.secrets, 'utf8')), credentials);
  assert.equal(statSync(files.secrets).mode & 0o777, 0o600);
});

test('an OAuth access token does as well', async () => {
  const { code, json } = await connect({ DESKCONNECT_ZENDESK_ACCESS_TOKEN: 'local-oauth-token' });
  assert.equal(code, 0, json.message);
  assert.equal((json.result as { deskUser: string }).deskUser, zendesk.adminEmail);
});

test('doctor names the triggers that would e-mail people, and none once they leave the bridge out', async () => {
  const before_ = await doctor();
  assert.equal(before_.code, 0, 'triggers are no reason not to begin');
  assert.equal(before_.of('desk-access')?.state, 'ok');
  assert.match(before_.of('zendesk-limit')?.evidence ?? '', /^700/);
  const triggers = before_.of('zendesk-triggers');
  assert.equal(triggers?.state, 'warning');
  assert.equal(
    triggers.evidence,
    'these may: "Notify requester of new proactive ticket", "Notify requester and CCs of comment update", ' +
      '"Notify assignee of comment update", "Notify all agents of received request"',
  );
  assert.match(triggers.remedy ?? '', /Current user, Is not, admin@zendesk\.test/);
  assert.equal(before_.of('zendesk-automations')?.state, 'ok');
  assert.equal(before_.of('zendesk-bulk-users')?.state, 'ok');

  const { tables } = zendesk.state;
  const us = tables.users.find(({ role }) => role === 'admin')?.id;
  for (const trigger of tables.triggers)
    trigger.conditions.all.push({ field: 'role', operator: 'is_not', value: String(us) });
  const [standard] = tables.automations;
  assert.ok(standard);
  const mail = { field: 'notification_user', value: ['requester_id', 'How was it?', ''] };
  zendesk.state.add(tables.automations, { ...standard, title: 'Ask how it was', actions: [mail] });
  zendesk.settings.bulkUserImports = false;
  const after_ = await doctor();
  assert.equal(after_.of('zendesk-triggers')?.state, 'ok');
  assert.match(after_.of('zendesk-automations')?.evidence ?? '', /"Ask how it was"$/);
  assert.equal(after_.of('zendesk-bulk-users')?.state, 'warning');
});

test('a ticket of a new end user is in Salesforce, and the store then serves no other desk', async () => {
  const env = { DESKCONNECT_SALESFORCE_PUBSUB_URL: local.pubsubUrl, DESKCONNECT_PORT: '0' };
  const start = ['deskconnect', 'bridge', '--config-dir', folder()];
  const bridge = sf.start(start, { ...env, DESKCONNECT_POLL_SECONDS: '0.5' });
  await waitFor(
    () => `the bridge:\n${bridge.output()}`,
    () => bridge.output().includes('"msg":"desk poll is up"'),
  );
  const at = ['--desk', 'zendesk', '--desk-url', zendesk.url, '--wait', '60', '--json'];
  const answer = await sf.run(['deskconnect', 'test', 'case', ...at], { env: credentials });
  assert.equal(answer.code, 0, `${answer.stdout}\n${bridge.output()}`);
  const result = answer.json().result as { contact: string; status: string; priority: string };
  assert.match(result.contact, /^Don Magic/);
  assert.deepEqual([result.status, result.priority], ['Open', 'High']);
  assert.equal(await bridge.stop(), 0, bridge.output());

  const other = await sf.run([...start, '--json'], {
    env: {
      ...env,
      DESKCONNECT_DESK: 'desk',
      DESKCONNECT_DESK_EMAIL: 'agent@desk.test',
      DESKCONNECT_DESK_PASSWORD: 'no matter which',
    },
  });
  assert.equal(other.json().name, 'BridgeNotStartedError');
  assert.match(other.json().message ?? '', /store belongs to another help desk: .*DESKCONNECT_DESK=zendesk/);
});

test('doctor fails where Zendesk does not let the bridge in any more', async () => {
  const admin = zendesk.state.tables.users.find(({ role }) => role === 'admin');
  assert.ok(admin);
  zendesk.state.change(admin, { suspended: true });
  const { code, of } = await doctor();
  assert.equal(code, 1);
  assert.equal(of('desk-access')?.state, 'blocked');
});
