import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import * as z from 'zod';
import { PRIORITY } from '../core/spending.ts';
import type { Store } from '../store/store.ts';
import type { Health } from './health.ts';
import { knowsSecret, TakenSignatures } from './hookSignature.ts';

export type HookOptions = {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  /** Counts as well, while Desk is given the new one. */
  readonly previousSecret?: string | null;
  readonly store: Store;
  readonly health: Health;
  readonly now: () => number;
  /** Called when something became due. */
  readonly onDue: () => void;
  /** Told what became of each call. */
  readonly onCall: (outcome: HookOutcome) => void;
  /** Milliseconds for a call to be there whole; ten seconds by default. */
  readonly timeoutMs?: number;
};
export type HookOutcome = 'taken' | 'repeated' | 'refused' | 'unreadable' | 'failed';

const PART = 'desk hook';
const LARGEST_BODY = 64 * 1024;
/** Desk's rules fire several at once: what they name is read together. */
const GATHER_MS = 100;
const Body = z.object({
  case_id: z.union([z.number().int().positive(), z.string().regex(/^[1-9]\d{0,17}$/)]),
});
/** Whoever sends a call byte by byte holds a connection; so many may be held at once. */
const TIMEOUT_MS = 10_000;
const MOST_CONNECTIONS = 500;

/**
 * Takes calls of Desk's rules at `/hooks/desk`, on an address of its own, which others than this machine may reach. A call only says which case may have changed; it is in the store before it is answered.
 */
export async function startHookServer(
  options: HookOptions,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { store, health, now, onDue, onCall, timeoutMs = TIMEOUT_MS } = options;
  const secrets = [options.secret, options.previousSecret ?? []].flat();
  const taken = new TakenSignatures();
  const server = fastify({
    forceCloseConnections: true,
    bodyLimit: LARGEST_BODY,
    requestTimeout: timeoutMs,
    http: { headersTimeout: timeoutMs, connectionsCheckingInterval: Math.ceil(timeoutMs / 10) },
  });
  server.server.maxConnections = MOST_CONNECTIONS;
  // As it came, whatever type it claims to have: the signature is over these bytes.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.post('/hooks/desk', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const header = (name: string) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    const credentials = {
      authorization: header('authorization'),
      signature: header('x-desk-connect-signature'),
    };
    const known = secrets.find((secret) => knowsSecret(credentials, body, secret, now()));
    if (known === undefined) {
      onCall('refused');
      return reply
        .code(401)
        .header('www-authenticate', 'Basic realm="Desk Connect"')
        .send({ code: 'NO_SECRET', message: 'Send the shared secret as password, or sign with it.' });
    }
    const asked = Body.safeParse(parsed(body));
    if (!asked.success) {
      onCall('unreadable');
      return reply
        .code(400)
        .send({ code: 'NO_CASE', message: 'The body must be JSON with the id of a case: {"case_id": 123}.' });
    }
    const { signature } = credentials;
    if (signature !== undefined && !taken.take(signature, now())) {
      onCall('repeated');
      // No error: a sender whose first answer was lost has nothing to mend.
      return reply.code(200).send({ taken: false, repeated: true });
    }
    const sighting = {
      pair: 'case',
      side: 'desk',
      id: String(asked.data.case_id),
      // No fingerprint of any record: whatever was seen before, Desk is to be asked.
      seen: `hook ${randomUUID()}`,
    } as const;
    try {
      await store.sight([sighting], PRIORITY.live, [], GATHER_MS);
    } catch {
      if (signature !== undefined) taken.giveBack(signature);
      onCall('failed');
      return reply
        .code(503)
        .send({ code: 'NOT_STORED', message: 'The store did not take it. Send it again.' });
    }
    onCall('taken');
    const how = known === options.secret ? '' : ' with the previous secret';
    health.set(PART, 'up', `last called at ${new Date(now()).toISOString()}${how}`);
    onDue();
    return reply.code(202).send({ taken: true });
  });
  await server.listen({ host: options.host, port: options.port });
  const [address] = server.addresses();
  const port = typeof address === 'object' ? address.port : options.port;
  health.set(PART, 'up', `listens on ${options.host}:${port}, not called yet`);
  return { port, close: () => server.close() };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
