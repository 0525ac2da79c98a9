import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutSecrets, withoutValues, wordsOf } from './redact.ts';

test('what looks like a secret is left out, whoever says it', () => {
  for (const [said, left] of [
    ['Session 00D9X0000000001!AQ4abc.def_1 has ended', 'Session [session] has ended'],
    ['authorization: Bearer abcdef0123', 'authorization: Bearer [secret]'],
    ['authorization: basic YWdlbnQ6c2VjcmV0', 'authorization: basic [secret]'],
    ['OAuth oauth_token="abc", oauth_nonce="1"', 'OAuth oauth_token=[secret], oauth_nonce="1"'],
    ['assertion eyJhbGciOi.eyJpc3Mi.sig-na_ture', 'assertion [token]'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----.', '[private key].'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE cut off', '[private key]'],
    ['postgres://bridge:pass@db.test:5432/x', 'postgres://bridge:[secret]@db.test:5432/x'],
    ['Case 5009X0000000001QAA is bearer of news', 'Case 5009X0000000001QAA is bearer of news'],
    ['a basic fault', 'a basic fault'],
  ] as const)
    assert.equal(withoutSecrets(said), left);
});

test('a secret that is known is left out in every form', () => {
  const secret = 'pass"word\nline';
  const line = JSON.stringify({ said: `the ${secret} is wrong`, plain: secret });
  assert.equal(withoutSecrets(line, [secret]), '{"said":"the [secret] is wrong","plain":"[secret]"}');
  assert.equal(withoutSecrets('a short one', ['a']), 'a short one');
});

test('a value that a side quotes when it refuses it is left out of what is told', () => {
  for (const [said, left] of [
    [
      'Subject: data value too large: Dear (max length=3) all,\nmy card is 4111 (max length=255)',
      'Subject: data value too large: … (max length=255)',
    ],
    ['Email: invalid email address: ada.l@lovelace.test', 'Email: invalid email address: …@…'],
    [
      "SELECT Id FROM Contact WHERE Name IN ('Ada','O\\'Hara')\n^ ERROR at Row:1",
      "SELECT Id FROM Contact WHERE Name IN ('…','…')\n^ ERROR at Row:1",
    ],
    ['bad value for restricted picklist field: Hard', 'bad value for restricted picklist field: Hard'],
  ] as const)
    assert.equal(withoutValues(said), left);
});

test('no page takes its time to be looked through, however it is made', () => {
  const pages = [
    '[',
    '<',
    'a@',
    'eyJ',
    'Bearer ',
    '://',
    'data value too large: ',
    '-----BEGIN PRIVATE KEY-----',
    "'",
  ];
  for (const part of pages) {
    const page = part.repeat(1_000_000 / part.length);
    const began = performance.now();
    wordsOf(page);
    withoutValues(page);
    withoutSecrets(page);
    assert.ok(performance.now() - began < 3_000, part);
  }
  assert.equal(wordsOf('<p>Too many\n requests</p>'), 'Too many requests');
});
