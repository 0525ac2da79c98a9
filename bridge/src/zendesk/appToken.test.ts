import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { checkAppToken } from './appToken.ts';

const NOW = Date.UTC(2026, 0);
const SITE = 'https://acme.zendesk.com';
const seconds = NOW / 1_000;
const keys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const OURS = keys();
const app = { site: SITE, installation: '42', publicKey: OURS.publicKey };
const CLAIMS = {
  exp: seconds + 300,
  nbf: seconds,
  iss: 'acme.zendesk.com',
  aud: `${SITE}/api/v2/apps/installations/42.json`,
  iat: seconds,
  sub: `${SITE}/api/v2/users/7.json`,
};

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
function token(claims: object = {}, header: object = { alg: 'RS256', typ: 'JWT' }, key = OURS.privateKey) {
  const signed = `${encoded(header)}.${encoded({ ...CLAIMS, ...claims })}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
}
const check = (given: string, now = NOW) => checkAppToken(given, app, now);

test('a token counts for its account, its installation and five minutes', () => {
  assert.equal(check(token()), 'good');
  assert.equal(check(token(), NOW + 299_000), 'good');
  assert.equal(check(token(), NOW + 331_000), 'expired');
  assert.equal(check(token(), NOW - 60_000), 'forged', 'it is not yet');
  const foreign = [
    { iss: 'other.zendesk.com' },
    { iss: SITE },
    { aud: `${SITE}/api/v2/apps/installations/43.json` },
    { aud: 'https://other.zendesk.com/api/v2/apps/installations/42.json' },
    { aud: [CLAIMS.aud] },
    { sub: '' },
    { sub: null },
  ];
  for (const claims of foreign) assert.equal(check(token(claims)), 'forged', JSON.stringify(claims));
});

test('no token is good for longer than ten minutes, whatever it says', () => {
  const lasting = token({ exp: seconds + 86_400 });
  assert.equal(check(lasting, NOW + 599_000), 'good');
  assert.equal(check(lasting, NOW + 600_000), 'expired');
  for (const claims of [{ exp: undefined }, { iat: undefined }, { exp: '9' }, { iat: null }])
    assert.equal(check(token(claims)), 'forged', JSON.stringify(claims));
});

test('only what Zendesk signed for this app is a token', () => {
  const good = token();
  const [header = '', payload = '', signature = ''] = good.split('.');
  assert.equal(check(token({}, { alg: 'RS256' }, keys().privateKey)), 'forged', 'by another key');
  const none = `${encoded({ alg: 'none' })}.${payload}.`;
  const shared = `${encoded({ alg: 'HS256' })}.${payload}`;
  const asSecret = createHmac('sha256', OURS.publicKey).update(shared).digest('base64url');
  const changed = encoded({ ...CLAIMS, sub: 'another' });
  for (const odd of [
    '',
    '..',
    'a.b.c',
    none,
    `${shared}.${asSecret}`,
    token({}, { alg: 'rs256' }),
    token({}, { alg: 'RS512' }),
    token({}, []),
    `${header}.${changed}.${signature}`,
    `${header}.${payload}.`,
    `${header}.${payload}.${signature.slice(0, -2)}`,
    `${good}.${signature}`,
  ])
    assert.equal(check(odd), 'forged', odd.slice(0, 60));
});
