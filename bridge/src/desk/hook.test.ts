import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { deskHook } from './hook.ts';

const SECRET = 'a secret of this test';
const NOW = Date.UTC(2026, 0);
const BODY = Buffer.from('{"case_id": 7}');
const basic = (password: string) => `Basic ${Buffer.from(`desk:${password}`).toString('base64')}`;
const sign = (at: number, body: Buffer, secret = SECRET) => {
  const t = Math.floor(at / 1_000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex')}`;
};
const knows = (authorization: string | undefined, signature?: string) => {
  const header = (name: string) => (name === 'authorization' ? authorization : signature);
  return deskHook.verify({ header, body: BODY }, [SECRET], NOW) !== null;
};

test('the secret as password is enough, and nothing else is', () => {
  assert.ok(knows(basic(SECRET)));
  for (const wrong of [undefined, '', 'Basic', 'Basic !', basic(''), basic(`${SECRET} `), `Bearer ${SECRET}`])
    assert.ok(!knows(wrong), wrong);
});

test('a signature counts for its body, its time and its secret alone', () => {
  assert.ok(knows(undefined, sign(NOW, BODY)));
  assert.ok(knows(undefined, sign(NOW - 290_000, BODY)));
  assert.ok(!knows(undefined, sign(NOW - 310_000, BODY)), 'recorded and sent again');
  assert.ok(!knows(undefined, sign(NOW + 310_000, BODY)));
  assert.ok(!knows(undefined, sign(NOW, Buffer.from('{"case_id": 8}'))));
  assert.ok(!knows(undefined, sign(NOW, BODY, 'another secret')));
  for (const odd of ['', 't=1', 'v1=00', 't=now,v1=00', 't=1,v1']) assert.ok(!knows(undefined, odd), odd);
});

test('a wrong signature is not made good by the right password', () => {
  assert.ok(!knows(basic(SECRET), sign(NOW, BODY, 'another secret')));
});
