import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { RequestFailed } from '../core/failure.ts';
import { Session } from './session.ts';

/** A session with a server that answers the log-in's query, and everything else by `answer`. */
async function sessionWith(t: TestContext, answer: RequestListener, timeoutMs?: number) {
  const server = createServer((request, response) => {
    if (request.url?.includes('Organization'))
      response.end(JSON.stringify({ records: [{ Id: '00D000000000001AAA' }] }));
    else answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const instanceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const auth = { kind: 'accessToken', accessToken: 'token' } as const;
  return Session.open({ instanceUrl, auth, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
}

const failureOf = async (request: Promise<unknown>) => {
  const error = await request.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof RequestFailed, String(error));
  return error.failure;
};

for (const said of ['nothing', 'half an answer']) {
  test(`a Salesforce that says ${said} is left when the time is up, and its connection closed`, async (t) => {
    const closed: Promise<unknown>[] = [];
    const session = await sessionWith(
      t,
      (request, response) => {
        closed.push(once(request.socket, 'close'));
        if (said !== 'nothing') response.write('{"records":');
      },
      1_000,
    );
    const failure = await failureOf(session.request('GET', '/limits'));
    assert.deepEqual([failure.class, failure.code], ['network', 'TIMEOUT']);
    assert.equal(closed.length, 1, 'what took too long is not asked for again at once');
    await Promise.all(closed);
  });
}

test('a connection that breaks in the middle of an answer fails the request and nothing else', async (t) => {
  const session = await sessionWith(t, (_request, response) => {
    response.write('{"id":');
    response.socket?.destroySoon();
  });
  assert.equal((await failureOf(session.request('POST', '/sobjects/Case', {}))).class, 'network');
});

test('a read is tried again after a lost connection, a write is not', async (t) => {
  let requests = 0;
  const session = await sessionWith(t, (request, response) => {
    requests += 1;
    if (requests % 2 === 1) request.socket.destroy();
    else response.end('{"ok":true}');
  });
  assert.deepEqual(await session.request('GET', '/limits'), { ok: true });
  assert.equal((await failureOf(session.request('POST', '/sobjects/Case', {}))).class, 'network');
  assert.equal(requests, 3);
});

test('a refusal is told in the words of Salesforce', async (t) => {
  const session = await sessionWith(t, (_request, response) => {
    response
      .writeHead(403)
      .end('[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"TotalRequests Limit exceeded."}]');
  });
  assert.deepEqual(await failureOf(session.request('GET', '/limits')), {
    class: 'rateLimit',
    code: 'REQUEST_LIMIT_EXCEEDED',
    message: 'TotalRequests Limit exceeded.',
  });
});
