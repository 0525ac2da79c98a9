import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCase, LINK_MS, openingKey, opens, signCase } from './widgetSignature.ts';

const NOW = Date.UTC(2026, 0);
const KEY = { secret: 'a secret of this test', site: 'https://acme.desk.test' };
const OTHERS = [
  { ...KEY, secret: 'another secret here' },
  { ...KEY, site: 'https://other.desk.test' },
];

function link(now = NOW, key = KEY) {
  const query = new URLSearchParams(signCase(key, '17', now));
  return { caseId: '17', expires: query.get('expires') ?? '', signature: query.get('signature') ?? '' };
}

test('an opening key opens its own site with its own secret alone', () => {
  assert.ok(opens(KEY, openingKey(KEY)));
  for (const other of OTHERS) assert.ok(!opens(KEY, openingKey(other)));
  for (const odd of ['', 'x', `${openingKey(KEY)} `, KEY.secret]) assert.ok(!opens(KEY, odd), odd);
  assert.ok(!openingKey(KEY).includes(KEY.secret));
});

test('a link is good for its case, its site and ten minutes', () => {
  assert.equal(checkCase([KEY], link(), NOW), 'good');
  assert.equal(checkCase([KEY], link(), NOW + LINK_MS - 1), 'good');
  assert.equal(checkCase([KEY], link(), NOW + LINK_MS), 'expired');
  assert.equal(checkCase([KEY], { ...link(), caseId: '18' }, NOW), 'forged');
  for (const other of OTHERS) assert.equal(checkCase([KEY], link(NOW, other), NOW), 'forged');
});

test('a link cannot be made to last, and a key is no link', () => {
  const { expires } = link();
  const later = String(Number(expires) + 3_600);
  assert.equal(checkCase([KEY], { ...link(), expires: later }, NOW), 'forged');
  assert.equal(checkCase([KEY], { ...link(), signature: openingKey(KEY) }, NOW), 'forged');
  assert.equal(checkCase([KEY], { ...link(), signature: '' }, NOW), 'forged');
});

test('while a secret is changed, links that were signed by the previous one are good to their end', () => {
  const [next = KEY] = OTHERS;
  assert.equal(checkCase([next, KEY], link(), NOW), 'good');
  assert.equal(checkCase([next, KEY], link(), NOW + LINK_MS), 'expired');
  assert.equal(checkCase([next], link(), NOW), 'forged');
});
