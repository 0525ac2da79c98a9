import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { after, before, test } from 'node:test';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { createSf, type Sf } from '../support/sf.ts';
import { waitFor } from '../support/waitFor.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

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
  await sf.ok(['deskconnect', 'setup', '--no-prompt', '--json']);
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
const at = () => ['--desk', 'zendesk', '--desk-url', zendesk.url, '--json'];
const connect = async (env: Record<string, string>) => {
  const flags = ['--integration-user', USER, '--create-user', '-d', folder(), '-p'];
  const answer = await sf.run(['deskconnect', 'connect', ...at(), ...flags], { env });
  return { code: answer.code, text: answer.stdout + answer.stderr, json: answer.json() };
};
const doctor = () => sf.run(['deskconnect', 'doctor', '--config-dir', folder()]);

test('what Zendesk would refuse is told with what to do, before anything is changed in Salesforce', async () => {
  const [none, agent, unlooked] = await Promise.all([
    connect({}),
    connect({ ...credentials, DESKCONNECT_ZENDESK_EMAIL: zendesk.agentEmail }),
    doctor(),
  ]);
  assert.equal(none.json.name, 'CredentialsMissingError');
  assert.match(none.json.message ?? '', /^Zendesk's credentials/);
  assert.match(none.json.actions?.[0] ?? '', /DESKCONNECT_ZENDESK_EMAIL and DESKCONNECT_ZENDESK_TOKEN, or /);
  assert.equal(agent.json.name, 'DeskUserUnfitError');
  assert.match(agent.json.message ?? '', /agent@zendesk\.test, who .* no administrator/);
  assert.match(agent.json.actions?.[0] ?? '', /Make the user an administrator/);
  assert.equal(local.org.apps.size, 0);
  assert.match(unlooked.stdout, /The help desk was not checked: .*connect/);
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
  assert.deepEqual({ ...parseEnv(readFileSync(files.secrets, 'utf8')) }, credentials);
  assert.equal(statSync(files.secrets).mode & 0o777, 0o600);
});

test('doctor names the triggers that would e-mail people, which are no reason not to begin', async () => {
  const { code, stdout } = await doctor();
  assert.equal(code, 0, stdout);
  assert.match(
    stdout,
    /Help desk\s+! No trigger of Zendesk writes .*"Notify requester of new proactive ticket"/,
  );
  assert.match(stdout, /Current user, Is not, admin@zendesk\.test/);
});

test('a ticket of a new end user is in Salesforce, and the store then serves no other desk', async () => {
  const env = { DESKCONNECT_SALESFORCE_PUBSUB_URL: local.pubsubUrl, DESKCONNECT_PORT: '0' };
  const start = ['deskconnect', 'bridge', '--config-dir', folder()];
  const bridge = sf.start(start, { ...env, DESKCONNECT_POLL_SECONDS: '0.5' });
  await waitFor(
    () => `the bridge:\n${bridge.output()}`,
    () => bridge.output().includes('"msg":"desk poll is up"'),
  );
  const answer = await sf.run(['deskconnect', 'test', 'case', ...at()], { env: credentials });
  assert.equal(answer.code, 0, `${answer.stdout}\n${bridge.output()}`);
  const result = answer.json().result as { contact: string; status: string; priority: string };
  assert.match(result.contact, /^Don Magic/);
  assert.deepEqual([result.status, result.priority], ['Open', 'High']);
  assert.equal(await bridge.stop(), 0, bridge.output());

  const desk = { DESKCONNECT_DESK_EMAIL: 'agent@desk.test', DESKCONNECT_DESK_PASSWORD: 'no matter which' };
  const other = await sf.run([...start, '--json'], { env: { ...env, ...desk, DESKCONNECT_DESK: 'desk' } });
  assert.equal(other.json().name, 'BridgeNotStartedError');
  assert.match(other.json().message ?? '', /store belongs to another help desk: .*DESKCONNECT_DESK=zendesk/);
});

test('doctor fails where Zendesk does not let the bridge in any more', async () => {
  const admin = zendesk.state.tables.users.find(({ role }) => role === 'admin');
  assert.ok(admin);
  zendesk.state.change(admin, { suspended: true });
  const { code, stdout } = await doctor();
  assert.equal(code, 1);
  assert.match(stdout, /✖ The bridge gets to the help desk: /);
});
