import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { authorizer } from './auth.ts';

const KEYS = {
  kind: 'oauth',
  consumerKey: 'key',
  consumerSecret: 'secret&',
  token: 'token',
  tokenSecret: 'hidden',
} as const;
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );

test('an agent is known by e-mail and password, whatever characters are in them', () => {
  const header = authorizer({ kind: 'basic', email: 'ada@desk.test', password: 'pä:ss' })(
    'GET',
    'https://x.test/',
  );
  assert.equal(Buffer.from(header.replace('Basic ', ''), 'base64').toString('utf8'), 'ada@desk.test:pä:ss');
});

test('an OAuth signature is over method, address and sorted parameters, as RFC 5849 says', () => {
  const url = 'https://x.test:8443/api/v2/cases/search?q=a%20b&page=2';
  const header = authorizer(KEYS)('PATCH', url);
  const given = Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      decodeURIComponent(value),
    ]),
  );
  const { oauth_signature: signature, ...rest } = given;
  const parameters = Object.entries({ ...rest, q: 'a b', page: '2' })
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const base = ['PATCH', 'https://x.test:8443/api/v2/cases/search', parameters].map(encode).join('&');
  const expected = createHmac('sha1', `${encode(KEYS.consumerSecret)}&${KEYS.tokenSecret}`)
    .update(base)
    .digest('base64');
  assert.equal(signature, expected);
  assert.equal(given['oauth_consumer_key'], 'key');
});

test('no request is signed like another', () => {
  const sign = authorizer(KEYS);
  assert.notEqual(sign('GET', 'https://x.test/a'), sign('GET', 'https://x.test/a'));
});
