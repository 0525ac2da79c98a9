import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { RequestFailed } from '../core/failure.ts';
import { DeskHttp } from './http.ts';

test('a refusal for the rate limit is waited out, also when it does not say for how long', async () => {
  const answers: { status: number; headers: Record<string, string> }[] = [
    { status: 429, headers: {} },
    { status: 200, headers: {} },
    { status: 429, headers: { 'retry-after': '7' } },
    { status: 200, headers: {} },
    { status: 429, headers: { 'retry-after': '3600' } },
  ];
  const server = createServer((_request, response) => {
    const { status, headers } = answers.shift() ?? { status: 501, headers: {} };
    response.writeHead(status, headers).end(status === 200 ? '{}' : 'Too Many Requests');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const waits: number[] = [];
  const http = new DeskHttp({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    auth: { kind: 'basic', email: 'a', password: 'b' },
    clock: {
      now: () => 0,
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    },
  });
  try {
    assert.equal((await http.get('users/me')).status, 200);
    assert.equal((await http.get('users/me')).status, 200);
    await assert.rejects(
      http.get('users/me'),
      (error) => error instanceof RequestFailed && error.failure.retryAfterMs === 3_600_000,
    );
    assert.deepEqual(waits, [10_000, 7_000]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
