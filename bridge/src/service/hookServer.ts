import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { PRIORITY } from '../core/spending.ts';
import type { DeskHook, HookCall } from '../ports/deskHook.ts';
import type { Store } from '../store/store.ts';
import type { Health } from './health.ts';
import { TakenSignatures } from './takenSignatures.ts';

export type HookOptions = {
  /** How calls of this kind of desk are read. */
  readonly hook: DeskHook;
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
/** Whoever sends a call byte by byte holds a connection; so many may be held at once. */
const TIMEOUT_MS = 10_000;
const MOST_CONNECTIONS = 500;

/** So soon a call that was not stored is welcome again. */
const RETRY_SECONDS = 5;

/**
 * Takes calls of the desk, on an address of its own, which others than this machine may reach. A call only says what
 * may have changed; it is in the store before it is answered.
 */
export async function startHookServer(
  options: HookOptions,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { hook, store, health, now, onDue, onCall, timeoutMs = TIMEOUT_MS } = options;
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
  server.post(hook.path, async (request, reply) => {
    const call: HookCall = {
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      header: (name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? value : undefined;
      },
    };
    const proof = hook.verify(call, secrets, now());
    if (proof === null) {
      onCall('refused');
      return reply
        .code(401)
        .header('www-authenticate', hook.refused.scheme)
        .send({ code: 'NO_SECRET', message: hook.refused.message });
    }
    const named = hook.named(call.body);
    if (named === null) {
      onCall('unreadable');
      return reply.code(400).send(hook.unreadable);
    }
    const { once } = proof;
    if (once !== null && !taken.take(once, now())) {
      onCall('repeated');
      // No error: a sender whose first answer was lost has nothing to mend.
      return reply.code(200).send({ taken: false, repeated: true });
    }
    const sightings = named.map(
      // No fingerprint of any record: whatever was seen before, the desk is to be asked.
      (one) => ({ ...one, side: 'desk', seen: `hook ${randomUUID()}` }) as const,
    );
    try {
      await store.sight(sightings, PRIORITY.live, [], hook.gatherMs);
    } catch {
      if (once !== null) taken.giveBack(once);
      onCall('failed');
      return reply
        .code(503)
        .header('retry-after', RETRY_SECONDS)
        .send({ code: 'NOT_STORED', message: 'The store did not take it. Send it again.' });
    }
    onCall('taken');
    const how = proof.secret === options.secret ? '' : ' with the previous secret';
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
