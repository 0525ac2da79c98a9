import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readConfig } from './config.ts';

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
