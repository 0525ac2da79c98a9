import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { z } from 'zod';
import { PRIORITY } from '../core/spending.ts';
import type { Store } from '../store/store.ts';
import type { Health } from './health.ts';
import { knowsSecret } from './hookSignature.ts';

export type HookOptions = {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly store: Store;
  readonly health: Health;
  readonly now: () => number;
  /** Called when something became due. */
  readonly onDue: () => void;
  /** Told what became of each call. */
  readonly onCall: (outcome: HookOutcome) => void;
};
export type HookOutcome = 'taken' | 'refused' | 'unreadable' | 'failed';

const PART = 'desk hook';
const LARGEST_BODY = 64 * 1024;
/** Desk's rules fire several at once: what they name is read together. */
const GATHER_MS = 100;
const Body = z.object({ case_id: z.union([z.number().int().positive(), z.string().regex(/^\d{1,18}$/)]) });

/**
 * Takes calls of Desk's rules at `/hooks/desk`, on an address of its own, which others than this machine may reach. A call only says which case may have changed; it is in the store before it is answered.
 */
export async function startHookServer(
  options: HookOptions,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { store, health, secret, now, onDue, onCall } = options;
  const server = fastify({ forceCloseConnections: true, bodyLimit: LARGEST_BODY });
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
    if (!knowsSecret(credentials, body, secret, now())) {
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
      onCall('failed');
      return reply
        .code(503)
        .send({ code: 'NOT_STORED', message: 'The store did not take it. Send it again.' });
    }
    onCall('taken');
    health.set(PART, 'up', `last called at ${new Date(now()).toISOString()}`);
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
