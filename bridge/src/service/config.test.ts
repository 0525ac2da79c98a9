import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readConfig } from './config.ts';
import { secretsOf } from './secretsOf.ts';

const GOOD = {
  DESKCONNECT_SALESFORCE_URL: 'https://acme.my.salesforce.com',
  DESKCONNECT_SALESFORCE_ACCESS_TOKEN: '00D000000000001!token',
  DESKCONNECT_DESK_URL: 'https://acme.desk.com',
  DESKCONNECT_DESK_EMAIL: 'agent@acme.test',
  DESKCONNECT_DESK_PASSWORD: 'quite a secret',
};
const refusal = (environment: Record<string, string>): string => {
  try {
    readConfig({ ...GOOD, ...environment });
    return '';
  } catch (error) {
    return String(error);
  }
};
const withKey = (t: TestContext, mode: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'key-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'salesforce.key');
  writeFileSync(path, 'a private key');
  chmodSync(path, mode);
  return {
    DESKCONNECT_SALESFORCE_ACCESS_TOKEN: '',
    DESKCONNECT_SALESFORCE_CLIENT_ID: 'app',
    DESKCONNECT_SALESFORCE_USERNAME: 'bridge@acme.test',
    DESKCONNECT_SALESFORCE_KEY_FILE: path,
  };
};

const ADDRESSES = [
  'DESKCONNECT_SALESFORCE_URL',
  'DESKCONNECT_SALESFORCE_PUBSUB_URL',
  'DESKCONNECT_SALESFORCE_LOGIN_URL',
  'DESKCONNECT_DESK_URL',
];

test('secrets go over TLS, or stay on this machine', () => {
  assert.equal(refusal({}), '');
  for (const variable of ADDRESSES) {
    for (const local of ['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])
      assert.equal(refusal({ [variable]: local }), '', `${variable} ${local}`);
    for (const foreign of [
      'http://acme.desk.com',
      'http://127.evil.test',
      'http://127.0.0.1.evil.test',
      'http://localhost.evil.test',
      'ftp://acme.desk.com',
      'file:///etc/passwd',
    ])
      assert.match(refusal({ [variable]: foreign }), new RegExp(`${variable}: must be https`), foreign);
  }
});

test('an address with a user and a password in it is refused, and not quoted', () => {
  for (const variable of ADDRESSES) {
    const said = refusal({ [variable]: 'https://agent:hidden-word@acme.desk.com' });
    assert.match(said, new RegExp(`${variable}: must be an address alone`));
    assert.ok(!said.includes('hidden-word'));
  }
});

test('what is wrong with a variable is told once, in words for whoever sets it', () => {
  assert.match(refusal({ DESKCONNECT_DESK_URL: '' }), /DESKCONNECT_DESK_URL: is not set\. .*connect/);
  const said = refusal({ DESKCONNECT_DESK_URL: 'acme.desk.com', DESKCONNECT_POLL_SECONDS: 'often' });
  assert.equal(said.match(/DESKCONNECT_DESK_URL/g)?.length, 1, said);
  assert.match(said, /DESKCONNECT_DESK_URL: must be an address such as https:/);
  assert.match(said, /DESKCONNECT_POLL_SECONDS: must be a number/);
});

test('no refusal quotes a secret', () => {
  const broken = 'hidden word\nX-Evil: 1';
  const said = refusal({
    DESKCONNECT_SALESFORCE_ACCESS_TOKEN: broken,
    DESKCONNECT_STORE: `mysql://user:hidden word@host/db`,
    DESKCONNECT_HOOK_SECRET: 'hidden word',
    DESKCONNECT_PORT: 'none',
  });
  assert.match(said, /ACCESS_TOKEN: must be one line/);
  assert.match(said, /DESKCONNECT_PORT/);
  assert.ok(!said.includes('hidden word'), said);
});

test('a key that others can read is refused, with what to do', (t) => {
  for (const mode of [0o600, 0o400, 0o440, 0o640]) assert.equal(refusal(withKey(t, mode)), '', String(mode));
  for (const mode of [0o644, 0o604, 0o620, 0o666, 0o777]) {
    const said = refusal(withKey(t, mode));
    assert.match(said, /DESKCONNECT_SALESFORCE_KEY_FILE: .* can be read or changed by others .*chmod 600/);
    assert.ok(!said.includes('a private key'));
  }
});

const secretsFile = (t: TestContext, mode = 0o600) => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'secrets.env');
  writeFileSync(path, "DESKCONNECT_DESK_PASSWORD='of the # file'\nDESKCONNECT_HOOK_SECRET=\n");
  chmodSync(path, mode);
  return path;
};

test('secrets can stand in a file alone, and the environment goes before it', (t) => {
  const { DESKCONNECT_DESK_PASSWORD, ...rest } = GOOD;
  const environment = { ...rest, DESKCONNECT_SECRETS_FILE: secretsFile(t) };
  const passwordOf = (more: Record<string, string>) => {
    const { desk, hook } = readConfig({ ...environment, ...more });
    assert.equal(hook, null, 'what is set to nothing is not set');
    return desk.auth.kind === 'basic' ? desk.auth.password : null;
  };
  assert.equal(passwordOf({}), 'of the # file');
  assert.equal(passwordOf({ DESKCONNECT_DESK_PASSWORD: '' }), 'of the # file');
  assert.equal(passwordOf({ DESKCONNECT_DESK_PASSWORD }), DESKCONNECT_DESK_PASSWORD);
});

test('a file of secrets that others can read is refused, and one that is not there is told', (t) => {
  const open = refusal({ DESKCONNECT_SECRETS_FILE: secretsFile(t, 0o644) });
  assert.match(open, /DESKCONNECT_SECRETS_FILE: .*chmod 600/);
  assert.ok(!open.includes('of the # file'));
  assert.match(refusal({ DESKCONNECT_SECRETS_FILE: '/nowhere' }), /DESKCONNECT_SECRETS_FILE: .*no such file/);
});

test('what was a secret until now is kept out of the log as the new one is', () => {
  const previous = { hook: 'the hook as it was before', widget: 'the widget as it was' };
  const several = ['c2VjcmV0IG9mIGEgd2ViaG9vaw==', 'c2VjcmV0IG9mIGFub3RoZXI='];
  const config = readConfig({
    ...GOOD,
    DESKCONNECT_HOOK_SECRET: several.join(' '),
    DESKCONNECT_HOOK_SECRET_PREVIOUS: previous.hook,
    DESKCONNECT_WIDGET_SECRET: 'the widget as it is now',
    DESKCONNECT_WIDGET_SECRET_PREVIOUS: previous.widget,
  });
  for (const secret of [...Object.values(previous), ...several])
    assert.ok(secretsOf(config).includes(secret), secret);
});
