import fastify, { type FastifyInstance } from 'fastify';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

export type MonitorSources = { readonly health: Health; readonly metrics: Metrics };

const TIMEOUT_MS = 10_000;
const MOST_CONNECTIONS = 100;

/** `/health/live`, `/health/ready` and `/metrics`. */
export function monitorPages(server: FastifyInstance, { health, metrics }: MonitorSources): void {
  server.get('/health/live', () => ({ live: true }));
  server.get('/health/ready', (_request, reply) => {
    void reply.code(health.ready ? 200 : 503);
    return { ready: health.ready, parts: health.parts() };
  });
  server.get('/metrics', async (_request, reply) => {
    void reply.type(metrics.contentType);
    return metrics.text();
  });
}

/**
 * Serves these pages, and nothing else, on an address of their own that other machines may reach: an orchestrator
 * and Prometheus seldom run where the bridge does.
 */
export async function startMonitorServer(
  { host, port }: { readonly host: string; readonly port: number },
  sources: MonitorSources,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = fastify({ forceCloseConnections: true, requestTimeout: TIMEOUT_MS });
  server.server.maxConnections = MOST_CONNECTIONS;
  monitorPages(server, sources);
  await server.listen({ host, port });
  const [address] = server.addresses();
  return { port: typeof address === 'object' ? address.port : port, close: () => server.close() };
}
