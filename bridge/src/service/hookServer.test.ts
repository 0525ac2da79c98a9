import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { deskHook } from '../desk/hook.ts';
import { openStore } from '../store/openStore.ts';
import { Health } from './health.ts';
import { startHookServer, type HookOutcome } from './hookServer.ts';

const SECRET = 'a secret of this test';
const BODY = '{"case_id": 7}';
const hmac = (t: number, body: string, secret = SECRET) =>
  createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');

const PREVIOUS = 'the secret until this test';

async function startHook(t: TestContext, timeoutMs?: number, previousSecret: string | null = null) {
  const folder = mkdtempSync(join(tmpdir(), 'hook-'));
  const store = await openStore({ kind: 'sqlite', folder }, Date.now);
  const outcomes: HookOutcome[] = [];
  const clock = { at: Date.UTC(2026, 0), broken: false };
  const health = new Health(
    () => clock.at,
    () => undefined,
  );
  const server = await startHookServer({
    host: '127.0.0.1',
    port: 0,
    hook: deskHook,
    secret: SECRET,
    previousSecret,
    store: {
      ...store,
      sight: (...given) => (clock.broken ? Promise.reject(new Error('disk full')) : store.sight(...given)),
    },
    health,
    now: () => clock.at,
    onDue: () => undefined,
    onCall: (outcome) => outcomes.push(outcome),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  t.after(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const call = async (signature: string | null, body: string | Buffer<ArrayBuffer> = BODY) => {
    const response = await fetch(`http://127.0.0.1:${server.port}/hooks/desk`, {
      method: 'POST',
      body,
      headers: signature === null ? {} : { 'x-desk-connect-signature': signature },
    });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };
  return { server, store, outcomes, clock, call, health };
}

test('a signed call that is sent again does nothing, however its header is written', async (t) => {
  const { store, outcomes, clock, call } = await startHook(t);
  const seconds = clock.at / 1_000;
  const v1 = hmac(seconds, BODY);
  assert.equal((await call(`t=${seconds},v1=${v1}`)).status, 202);
  const { version } = (await store.find('case', 'desk', '7'))?.pair ?? assert.fail();
  for (const again of [`t=${seconds},v1=${v1}`, `v1=${v1}, t=${seconds},x=1`]) {
    const { status, answer } = await call(again);
    assert.deepEqual([status, answer], [200, { taken: false, repeated: true }]);
  }
  clock.at += 290_000;
  assert.equal((await call(`t=${seconds},v1=${v1}`)).status, 200, 'to the end of its time');
  clock.at += 20_000;
  assert.equal((await call(`t=${seconds},v1=${v1}`)).status, 401, 'and after it, it is none');
  assert.equal((await store.find('case', 'desk', '7'))?.pair.version, version);
  assert.deepEqual(outcomes, ['taken', 'repeated', 'repeated', 'repeated', 'refused']);
});

test('while a secret is changed both count, and the health says which one was used last', async (t) => {
  const { clock, call, health } = await startHook(t, undefined, PREVIOUS);
  const seconds = clock.at / 1_000;
  const detail = () => health.parts()['desk hook']?.detail ?? '';
  assert.equal((await call(`t=${seconds},v1=${hmac(seconds, BODY, PREVIOUS)}`)).status, 202);
  assert.match(detail(), /^last called at \S+ with the previous secret$/);
  assert.equal((await call(`t=${seconds},v1=${hmac(seconds, BODY)}`)).status, 202);
  assert.match(detail(), /^last called at \S+$/);
  assert.equal((await call(`t=${seconds},v1=${hmac(seconds, BODY, 'neither of the two')}`)).status, 401);
  const afterwards = await startHook(t);
  assert.equal((await afterwards.call(`t=${seconds},v1=${hmac(seconds, BODY, PREVIOUS)}`)).status, 401);
});

test('a signed call that was not stored may be sent again', async (t) => {
  const { clock, call } = await startHook(t);
  const seconds = clock.at / 1_000;
  const signature = `t=${seconds},v1=${hmac(seconds, BODY)}`;
  clock.broken = true;
  assert.equal((await call(signature)).status, 503);
  clock.broken = false;
  assert.equal((await call(signature)).status, 202);
});

test('whoever sends a call byte by byte is left alone before long', async (t) => {
  const { server } = await startHook(t, 500);
  for (const start of [
    'POST /hooks',
    'POST /hooks/desk HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n{',
  ]) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(start);
    const drip = setInterval(() => socket.write(' '), 50);
    await once(socket, 'close');
    clearInterval(drip);
  }
});

test('no body makes a call more than refused, unreadable or a case to look at', async (t) => {
  const { store, clock, call } = await startHook(t);
  const bodies: (string | Buffer<ArrayBuffer>)[] = [
    '{"case_id": 1e400}',
    '{"case_id": 1.5}',
    '{"case_id": "007"}',
    '{"case_id": "7/../users"}',
    '{"case_id": null}',
    '{"__proto__": {"case_id": 7}}',
    '{"constructor": {"prototype": {"case_id": 7}}}',
    '['.repeat(60_000),
    `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
    '\u0000',
  ];
  const seconds = clock.at / 1_000;
  for (const body of bodies) {
    const signed = createHmac('sha256', SECRET).update(`${seconds}.`).update(body).digest('hex');
    const { status, answer } = await call(`t=${seconds},v1=${signed}`, body);
    assert.deepEqual([status, answer['code']], [400, 'NO_CASE'], String(body).slice(0, 40));
  }
  assert.equal((await call(null)).status, 401);
  const counts = await store.counts();
  assert.ok(
    Object.values(counts).every((count) => count === 0),
    JSON.stringify(counts),
  );
});
