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

const ZENDESK = {
  DESKCONNECT_DESK: 'zendesk',
  DESKCONNECT_DESK_URL: 'https://acme.zendesk.com',
  DESKCONNECT_ZENDESK_EMAIL: 'bridge@acme.test',
  DESKCONNECT_ZENDESK_TOKEN: 'an API token',
};

test('without a word it is Desk; another help desk is one that is known, with its own credentials', () => {
  assert.equal(readConfig(GOOD).desk.kind, 'desk');
  const { desk } = readConfig({ ...GOOD, ...ZENDESK });
  assert.deepEqual(desk, {
    kind: 'zendesk',
    url: 'https://acme.zendesk.com',
    credentials: {
      DESKCONNECT_ZENDESK_EMAIL: 'bridge@acme.test',
      DESKCONNECT_ZENDESK_TOKEN: 'an API token',
    },
    rules: true,
  });
  assert.match(refusal({ DESKCONNECT_DESK: 'freshdesk' }), /DESKCONNECT_DESK: .*"zendesk"/);
});

test('credentials that are not whole are refused with all ways to log in', () => {
  assert.match(
    refusal({ DESKCONNECT_DESK_PASSWORD: '', DESKCONNECT_DESK_TOKEN: 'alone' }),
    /Desk needs DESKCONNECT_DESK_EMAIL and DESKCONNECT_DESK_PASSWORD, or DESKCONNECT_DESK_CONSUMER_KEY, .* and DESKCONNECT_DESK_TOKEN_SECRET/,
  );
  assert.match(
    refusal({ DESKCONNECT_DESK: 'zendesk' }),
    /Zendesk needs DESKCONNECT_ZENDESK_EMAIL and DESKCONNECT_ZENDESK_TOKEN, or DESKCONNECT_ZENDESK_ACCESS_TOKEN/,
  );
});

test("each help desk's secrets are kept out of the log, and its names are not", () => {
  const oauth = { DESKCONNECT_ZENDESK_TOKEN: '', DESKCONNECT_ZENDESK_ACCESS_TOKEN: 'an-access-token' };
  for (const [more, secret] of [
    [{}, GOOD.DESKCONNECT_DESK_PASSWORD],
    [ZENDESK, ZENDESK.DESKCONNECT_ZENDESK_TOKEN],
    [{ ...ZENDESK, ...oauth }, oauth.DESKCONNECT_ZENDESK_ACCESS_TOKEN],
  ] as const)
    assert.deepEqual(secretsOf(readConfig({ ...GOOD, ...more })), [
      GOOD.DESKCONNECT_SALESFORCE_ACCESS_TOKEN,
      secret,
    ]);
});

test('a token that a header cannot hold is refused, and not quoted', () => {
  const said = refusal({
    ...ZENDESK,
    DESKCONNECT_ZENDESK_TOKEN: '',
    DESKCONNECT_ZENDESK_ACCESS_TOKEN: 'hidden word\nX-Evil: 1',
  });
  assert.match(said, /DESKCONNECT_ZENDESK_ACCESS_TOKEN: must be one line/);
  assert.ok(!said.includes('hidden word'));
});

test('a help desk that cannot be told to leave its rules out does not pass over that it was asked to', () => {
  assert.equal(readConfig({ ...GOOD, DESKCONNECT_DESK_RULES: 'off' }).desk.rules, false);
  assert.match(
    refusal({ ...ZENDESK, DESKCONNECT_DESK_RULES: 'off' }),
    /DESKCONNECT_DESK_RULES: Zendesk cannot/,
  );
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
    return desk.credentials['DESKCONNECT_DESK_PASSWORD'];
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
