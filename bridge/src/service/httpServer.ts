import fastify from 'fastify';
import type { Store } from '../store/store.ts';
import type { Health } from './health.ts';

/**
 * The bridge's pages for whoever runs it, on loopback: `/health/live`, `/health/ready`, `/status`, `/log`.
 * They tell states, counts and ids, never a record's content.
 */
export async function startHttpServer(
  port: number,
  health: Health,
  store: Store,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = fastify();
  server.get('/health/live', () => ({ live: true }));
  server.get('/health/ready', (_request, reply) => {
    void reply.code(health.ready ? 200 : 503);
    return { ready: health.ready, parts: health.parts() };
  });
  server.get('/status', async () => ({
    ready: health.ready,
    parts: health.parts(),
    pairs: await store.counts(),
  }));
  server.get('/log', async () => ({ entries: await store.log(100) }));
  await server.listen({ port, host: '127.0.0.1' });
  const [address] = server.addresses();
  return { port: typeof address === 'object' ? address.port : port, close: () => server.close() };
}
