import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { zendeskHook } from './hook.ts';

const SECRET = 'a signing secret of this test';
const OTHER = 'dGhlIHNlY3JldCBvZiB0aGUgb3RoZXIgd2ViaG9vaw==';
const NOW = Date.UTC(2026, 0);
const BODY = '{"ticket_id": "7"}';

const stamp = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
const sign = (timestamp: string, body: string, secret: string) =>
  createHmac('sha256', secret).update(`${timestamp}${body}`).digest('base64');
/** What the hook says of a call, with its own signature where none is given. */
function verify({
  at = NOW,
  timestamp = stamp(at),
  body = BODY,
  secret = OTHER,
  signature = sign(timestamp, body, secret),
  known = [OTHER],
} = {}) {
  const headers: Record<string, string | undefined> = {
    'x-zendesk-webhook-signature': signature,
    'x-zendesk-webhook-signature-timestamp': timestamp,
  };
  return zendeskHook.verify({ header: (name) => headers[name], body: Buffer.from(body) }, known, NOW);
}

test('a signature counts for its body, its time and its secret alone', () => {
  const signature = sign(stamp(NOW), BODY, OTHER);
  assert.deepEqual(verify(), { secret: OTHER, once: signature });
  assert.ok(verify({ at: NOW - 290_000 }));
  assert.equal(verify({ at: NOW - 310_000 }), null, 'recorded and sent again');
  assert.equal(verify({ at: NOW + 310_000 }), null);
  assert.equal(verify({ timestamp: stamp(NOW - 1_000), signature }), null, 'another time');
  assert.equal(verify({ body: '{"ticket_id": "8"}', signature }), null);
  assert.equal(verify({ secret: SECRET }), null);
  const moved = { timestamp: stamp(NOW).slice(0, -1), body: `Z${BODY}`, signature };
  assert.equal(verify(moved), null, 'a part of the time as a part of the body');
  for (const timestamp of ['', 'now', '2026-01-01T00:00', '2026-99-01T00:00:00Z'])
    assert.equal(verify({ timestamp }), null, timestamp);
  for (const odd of ['', signature.slice(0, -1), ` ${signature}`, signature.toLowerCase()])
    assert.equal(verify({ signature: odd }), null, odd);
});

test('each webhook may have a signing secret of its own', () => {
  const both = `c2VjcmV0IG9mIHRoZSBmaXJzdCB3ZWJob29r ${OTHER}\n`;
  assert.equal(verify({ known: ['the secret until this test', both] })?.secret, both);
  assert.equal(verify({ known: [both], secret: both }), null, 'they are no one secret');
  assert.equal(verify({ known: [' '], secret: ' ' }), null);
});

test('a body names its ticket, user or organization, and nothing else of it counts', () => {
  const named = (body: unknown) => zendeskHook.named(Buffer.from(JSON.stringify(body)));
  const event = (kind: string, id: unknown = '7') =>
    named({ type: `zen:event-type:${kind}`, detail: { id, external_id: '003' }, event: {} });
  assert.deepEqual(named({ ticket_id: '7' }), [{ pair: 'case', id: '7' }]);
  assert.deepEqual(named({ ticket_id: 7, subject: 'x' }), [{ pair: 'case', id: '7' }]);
  assert.deepEqual(event('ticket.status_changed'), [{ pair: 'case', id: '7' }]);
  assert.deepEqual(event('user.name_changed'), [{ pair: 'customer', id: '7' }]);
  assert.deepEqual(event('organization.deleted'), [{ pair: 'company', id: '7' }]);
  assert.deepEqual(event('organization.created', 7), [{ pair: 'company', id: '7' }]);
  for (const odd of [event('article.published'), event('user'), event('constructor.x'), event('user.x', '0')])
    assert.equal(odd, null);
  for (const odd of [null, [], {}, { ticket_id: '{{ticket.id}}' }, { ticket_id: '7/../users' }, { id: 7 }])
    assert.equal(named(odd), null, JSON.stringify(odd));
  assert.equal(zendeskHook.named(Buffer.from('')), null);
});
