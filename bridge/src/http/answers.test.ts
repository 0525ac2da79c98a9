import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { deskCase } from '../core/case.fixture.ts';
import { RequestFailed, type Failure } from '../core/failure.ts';
import { createDesk } from '../desk/createDesk.ts';
import { DeskHttp } from '../desk/http.ts';
import { logIn } from '../salesforce/jwt.ts';
import { Session } from '../salesforce/session.ts';
import { createZendesk } from '../zendesk/createZendesk.ts';
import { ZendeskHttp } from '../zendesk/http.ts';
import { startForeign } from './foreign.fixture.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const deskAt = (url: string, timeoutMs = 30_000) =>
  new DeskHttp({ url, auth: { kind: 'basic', email: 'agent', password: 'secret word' }, timeoutMs });
const zendeskAt = (url: string, timeoutMs = 30_000) =>
  new ZendeskHttp({ url, auth: { kind: 'token', email: 'agent', token: 'secret word' }, timeoutMs });
const sessionAt = (instanceUrl: string, timeoutMs = 30_000) =>
  Session.open({ instanceUrl, timeoutMs, auth: { kind: 'accessToken', accessToken: 'the-secret-word' } });
const logInAt = (loginUrl: string) =>
  logIn({ loginUrl, clientId: 'app', username: 'bridge@acme.test', privateKey: pem }, Date.now);

const deskWith = (url: string) =>
  createDesk({ url, auth: { kind: 'basic', email: 'agent', password: 'secret' } });
const notesOf = (url: string) =>
  deskWith(url).conversation({ ...deskCase, conversation: '2/0' }, { message: false });

/** The clients of the bridge, each with a request that carries a secret. */
const CLIENTS: readonly (readonly [string, (url: string, timeoutMs?: number) => Promise<unknown>])[] = [
  ['Desk', (url, timeoutMs) => deskAt(url, timeoutMs).get('cases/1')],
  ['Desk, written to', (url) => deskAt(url).write('PATCH', 'cases/1', { subject: 'S' })],
  ['Zendesk', (url, timeoutMs) => zendeskAt(url, timeoutMs).get('tickets/1')],
  ['Zendesk, written to', (url) => zendeskAt(url).request('PUT', 'tickets/1', { ticket: {} })],
  ['Salesforce', (url, timeoutMs) => sessionAt(url, timeoutMs)],
  ['the log-in', (url) => logInAt(url)],
];

async function failureOf(request: Promise<unknown>): Promise<Failure> {
  const error = await request.then(
    (answer) => assert.fail(`it was answered: ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof RequestFailed, String(error));
  return error.failure;
}

for (const [name, request] of CLIENTS) {
  test(`${name}: a redirect leads no secret to another host`, async (t) => {
    const thief = await startForeign(t, (_request, response) => response.end('{}'));
    for (const status of [302, 307]) {
      const server = await startForeign(t, (_request, response) =>
        response.writeHead(status, { location: `${thief.url}/api/v2/cases/1` }).end(),
      );
      assert.equal((await failureOf(request(server.url))).class, 'network', String(status));
    }
    assert.deepEqual(thief.arrived, []);
  });

  test(`${name}: an answer without an end is left before it fills the memory`, async (t) => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    const pour = (response: ServerResponse) => {
      while (!response.destroyed && response.write(chunk));
    };
    const server = await startForeign(t, (_request, response) => {
      response.on('drain', () => pour(response));
      pour(response);
    });
    assert.match((await failureOf(request(server.url))).code, /TOO_LARGE|LOGIN/);
  });
}

for (const [name, request] of CLIENTS.filter(([name]) => ['Desk', 'Zendesk', 'Salesforce'].includes(name))) {
  test(`${name}: an answer that comes byte by byte is left when its time is up`, async (t) => {
    const server = await startForeign(t, (_request, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    assert.equal((await failureOf(request(server.url, 300))).class, 'network');
  });
}

for (const [name, request] of CLIENTS) {
  test(`${name}: a page that shows the request as it came tells no secret of it`, async (t) => {
    for (const status of [400, 401, 403, 500]) {
      const server = await startForeign(t, (incoming, response) => {
        let body = '';
        incoming.on('data', (chunk) => (body += String(chunk)));
        incoming.on('end', () => {
          const headers = JSON.stringify(incoming.headers);
          response.writeHead(status).end(`<h1>Bad request</h1> ${headers} ${decodeURIComponent(body)}`);
        });
      });
      const { message } = await failureOf(request(server.url));
      const shown = server.arrived[0]?.authorization?.split(' ')[1] ?? 'eyJ';
      for (const secret of ['secret word', 'the-secret-word', shown])
        assert.ok(!message.includes(secret), message);
    }
  });
}

test('a page of Desk that names another host as its next is not followed there', async (t) => {
  const thief = await startForeign(t, (_request, response) => response.end('{}'));
  const page = (more: boolean) => ({
    total_entries: 101,
    _links: {
      next: more ? { href: `${thief.url}/api/v2/cases/1/notes?page=2` } : null,
      last: { href: `${thief.url}/api/v2/cases/1/notes?page=2` },
    },
    _embedded: {
      entries: [{ body: 'N', _links: { self: { href: `${thief.url}/api/v2/cases/1/notes/5` } } }],
    },
  });
  const desk = await startForeign(t, (request, response) =>
    response.end(JSON.stringify(page(request.url?.endsWith('&page=1') ?? false))),
  );
  const { url } = desk;
  const said = await notesOf(url);
  assert.equal(said?.notes.length, 2);
  assert.equal(desk.arrived.length, 2);
  assert.deepEqual(thief.arrived, []);
});

test('a page of Salesforce that names another host as its next is not followed there', async (t) => {
  const thief = await startForeign(t, (_request, response) => response.end('{"records":[]}'));
  const host = new URL(thief.url).host;
  for (const next of [`${thief.url}/x`, `//${host}/x`, `@${host}/x`, `.${host}/x`, `\\\\${host}\\x`]) {
    const server = await startForeign(t, (request, response) => {
      const first = request.url?.includes('Organization') ?? false;
      response.end(JSON.stringify({ records: [{ Id: 'x' }], ...(first ? { nextRecordsUrl: next } : {}) }));
    });
    await sessionAt(server.url).catch(() => undefined);
    assert.ok(server.arrived.length >= 1);
  }
  assert.deepEqual(thief.arrived, []);
});

test('pages that do not go on are told of, and not asked for ever', async (t) => {
  const next = '/services/data/v65.0/query/next';
  const salesforce = await startForeign(t, (_request, response) =>
    response.end(JSON.stringify({ records: [], nextRecordsUrl: next })),
  );
  assert.equal((await failureOf(sessionAt(salesforce.url))).code, 'UNEXPECTED_ANSWER');
  const empty = { total_entries: 0, _links: { next: { href: '/x' } }, _embedded: { entries: [] } };
  const desk = await startForeign(t, (_request, response) => response.end(JSON.stringify(empty)));
  const { url } = desk;
  assert.equal((await failureOf(notesOf(url))).code, 'NO_PROGRESS');
  assert.equal((await failureOf(deskWith(url).fields('case'))).code, 'NO_PROGRESS');
  const same = { meta: { has_more: true, after_cursor: 'x' }, ticket_fields: [] };
  const stuck = { tickets: [], after_cursor: 'x', end_of_stream: false };
  const zendesk = await startForeign(t, (request, response) =>
    response.end(JSON.stringify(request.url?.includes('incremental') ? stuck : same)),
  );
  const auth = { kind: 'oauth', accessToken: 'secret' } as const;
  const adapter = createZendesk({ url: zendesk.url, auth });
  assert.equal((await failureOf(adapter.fields('case'))).code, 'NO_PROGRESS');
  assert.equal((await failureOf(adapter.changes('case', { cursor: 'x' }))).code, 'NO_PROGRESS');
});

test('an id that is none leads no request to another address', async (t) => {
  const server = await startForeign(t, (_request, response) => response.end('{}'));
  for (const id of ['../users', '../../../admin', '1/../../users/1', '%2e%2e/users', '..\\users'])
    for (const http of [deskAt(server.url), zendeskAt(server.url)])
      assert.equal((await failureOf(http.get(`cases/${id}`))).code, 'BAD_ADDRESS', id);
  assert.deepEqual(server.arrived, []);
});

test('a log-in takes a session only for an address that is safe, and only one that can be a header', async (t) => {
  const answers = [
    { access_token: 'secret', instance_url: 'http://acme.my.salesforce.com' },
    { access_token: 'secret', instance_url: 'http://127.evil.test' },
    { access_token: 'secret\r\nX-Evil: 1', instance_url: 'https://acme.my.salesforce.com' },
    { access_token: { toString: 1 }, instance_url: 'https://acme.my.salesforce.com' },
    { instance_url: 'https://acme.my.salesforce.com' },
    [],
    null,
    'secret',
  ];
  for (const answer of answers) {
    const server = await startForeign(t, (_request, response) => response.end(JSON.stringify(answer)));
    const failure = await failureOf(logInAt(server.url));
    assert.equal(failure.code, 'LOGIN');
    assert.ok(!failure.message.includes('secret'), failure.message);
  }
});

test('a page of a proxy in place of a log-in may pass; a refusal of Salesforce wants somebody', async (t) => {
  const answered = async (status: number, body: string) => {
    const server = await startForeign(t, (_request, response) => response.writeHead(status).end(body));
    return (await failureOf(logInAt(server.url))).class;
  };
  assert.equal(await answered(200, '<html>Sign in to the network</html>'), 'network');
  assert.equal(await answered(503, '<html>Down</html>'), 'network');
  assert.equal(await answered(400, '{"error":"invalid_grant"}'), 'auth');
  assert.equal(await answered(404, '<html>Not here</html>'), 'auth');
});
