import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { after, before, test } from 'node:test';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { createSf, type Sf } from '../support/sf.ts';

type ConnectJson = {
  clientId: string;
  deskUser: string;
  files: { settings: string; secrets: string; key: string };
};
let local: LocalOrg;
let desk: LocalDesk;
let sf: Sf;
let credentials: Record<string, string>;

before(async () => {
  local = await startOrg();
  desk = await startDesk();
  sf = createSf();
  await sf.login(local, 'local');
  await sf.linkPlugin();
  credentials = { DESKCONNECT_DESK_EMAIL: desk.email, DESKCONNECT_DESK_PASSWORD: desk.password };
});
after(async () => {
  sf.close();
  await desk.close();
  await local.close();
});

const USER = 'bridge@local.test';
const folder = () => join(sf.home, 'bridge');
const connect = async (env: Record<string, string>, ...args: string[]) => {
  const answer = await sf.run(
    [
      'deskconnect',
      'connect',
      '--integration-user',
      USER,
      '--desk-url',
      desk.url,
      '-d',
      folder(),
      '--json',
      '-p',
      ...args,
    ],
    { env },
  );
  return {
    code: answer.code,
    text: answer.stdout + answer.stderr,
    json: answer.json(),
    result: answer.json().result as ConnectJson,
  };
};

test('without credentials of Desk, or with wrong ones, nothing is changed in Salesforce', async () => {
  const none = await connect({}, '--create-user');
  assert.match(none.json.message ?? '', /credentials are not in the environment/);
  const wrong = await connect({ ...credentials, DESKCONNECT_DESK_PASSWORD: 'wrong' }, '--create-user');
  assert.match(wrong.json.message ?? '', /could not be used/);
  assert.equal(local.org.apps.size, 0);
  assert.ok(![...local.org.records.rows('User').values()].some((row) => row['Username'] === USER));
});

test('before setup, connect says that the permission set is missing', async () => {
  const { code, json } = await connect(credentials, '--create-user');
  assert.equal(code, 1);
  assert.match(json.message ?? '', /permission set Desk_Connect_Integration is not in the org/);
});

test('connect makes the app and the user, waits until the app is known, and logs in as the bridge will', async () => {
  await sf.ok(['deskconnect', 'setup', '--no-prompt', '--integration-user', USER, '--json']);
  local.org.appDelayMs = 1_500;
  const { code, json, result, text } = await connect(credentials, '--create-user');
  assert.equal(code, 0, json.message);
  assert.equal(result.deskUser, desk.email);
  assert.ok(!text.includes(desk.password), 'a secret shows nowhere');
  const settings = parseEnv(readFileSync(result.files.settings, 'utf8'));
  assert.equal(settings['DESKCONNECT_SALESFORCE_CLIENT_ID'], result.clientId);
  assert.equal(
    parseEnv(readFileSync(result.files.secrets, 'utf8'))['DESKCONNECT_DESK_PASSWORD'],
    desk.password,
  );
  for (const path of Object.values(result.files)) assert.equal(statSync(path).mode & 0o777, 0o600, path);
  const user = [...local.org.records.rows('User').values()].find((row) => row['Username'] === USER);
  const profile = local.org.records.get('Profile', String(user?.['ProfileId']));
  assert.equal(profile?.['Name'], 'Minimum Access - API Only Integrations');
});

test('run again, connect gives the app a new key and everything else stays', async () => {
  const users = local.org.records.rows('User').size;
  const key = readFileSync(join(folder(), 'salesforce.key'), 'utf8');
  const { code, json } = await connect(credentials, '--create-user');
  assert.equal(code, 0, json.message);
  assert.notEqual(readFileSync(join(folder(), 'salesforce.key'), 'utf8'), key);
  assert.equal(local.org.records.rows('User').size, users);
});

test('an app that the org has already is used as it is', async () => {
  const [id = ''] = local.org.apps.keys();
  const keyFile = join(folder(), 'salesforce.key');
  const { code, json, result } = await connect(
    credentials,
    '--existing-client-id',
    id,
    '--key-file',
    keyFile,
  );
  assert.equal(code, 0, json.message);
  assert.equal(result.clientId, id);
});
