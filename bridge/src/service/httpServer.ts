import fastify, { type FastifyError } from 'fastify';
import { budgetsOf } from './budgets.ts';
import { controlRoutes, type ControlOptions } from './controlRoutes.ts';
import { monitorPages, type MonitorSources } from './monitorPages.ts';

const LOCAL_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Milliseconds for a request to be there whole. */
const TIMEOUT_MS = 30_000;

export type HttpServerOptions = {
  readonly port: number;
} & ControlOptions &
  MonitorSources;

/**
 * The bridge's pages for whoever runs it, on loopback: `/health/live`, `/health/ready`, `/status`, `/log`, `/metrics`,
 * and `/control` for the CLI. They tell states, counts and ids, never a record's content.
 */
export async function startHttpServer(
  options: HttpServerOptions,
): Promise<{ port: number; close(): Promise<void> }> {
  const { port, health, engine } = options;
  const { store } = engine;
  const server = fastify({ forceCloseConnections: true, requestTimeout: TIMEOUT_MS });
  server.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500, code = 'INTERNAL', message } = error as Partial<FastifyError>;
    // Its own refusals, of a body that is no JSON for example, say why; a fault of ours is told by the log.
    const known = statusCode < 500 && message !== undefined;
    void reply
      .code(statusCode)
      .send(known ? { code, message } : { code: 'INTERNAL', message: 'The bridge could not answer.' });
  });
  server.addHook('onRequest', async (request, reply) => {
    // A page of the web can have its own name lead to this machine; it cannot choose the name that is sent.
    if (LOCAL_NAMES.has(request.hostname)) return;
    await reply.code(403).send({ code: 'FOREIGN_HOST', message: 'Use the address 127.0.0.1.' });
  });
  monitorPages(server, options);
  server.get('/status', async () => ({
    ready: health.ready,
    desk: engine.desk.vocabulary.title,
    parts: health.parts(),
    pairs: await store.counts(),
    causes: await store.causes(),
    budgets: budgetsOf(engine),
  }));
  server.get('/log', async () => ({ entries: await store.log(100) }));
  await server.register((scope, _options, done) => {
    controlRoutes(scope, options);
    done();
  });
  await server.listen({ port, host: '127.0.0.1' });
  const [address] = server.addresses();
  return { port: typeof address === 'object' ? address.port : port, close: () => server.close() };
}
