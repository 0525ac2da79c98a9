import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Refusal } from '../core/widget/refusal.ts';
import { renderMessage, renderPage, STYLESHEET } from '../core/widget/renderPage.ts';
import { renderView } from '../core/widget/renderView.ts';
import { STYLE } from '../core/widget/style.ts';
import type { DeskWidget, WidgetRequest, WidgetRoute } from '../ports/deskWidget.ts';
import type { Health } from './health.ts';
import { widgetReader, type WidgetSources } from './readWidget.ts';
import { cachedWidget } from './widgetCache.ts';
import { messagesFor } from './widgetMessages.ts';
import { policiesFor } from './widgetPolicy.ts';

export type WidgetOptions = {
  readonly host: string;
  readonly port: number;
  /** The origin of the desk's site, the only one that may frame the pages. */
  readonly site: string;
  /** How its agents come to the page of a case. */
  readonly routes: readonly WidgetRoute[];
  readonly words: DeskWidget['words'];
  readonly health: Health;
  /** Told what each page was. */
  readonly onView: (outcome: WidgetOutcome) => void;
} & WidgetSources;
export type WidgetOutcome = 'opened' | 'shown' | Refusal;

const PART = 'desk widget';
/** A form holds a token and an id. */
const LARGEST_BODY = 16 * 1024;
const UNFRAMED = `/widget/${STYLESHEET}`;

/**
 * Serves the Salesforce widget below `/widget`, on an address of its own, for the browsers of agents: by the way in
 * of this kind of desk to the page of a case. Nothing here writes anything.
 */
export async function startWidgetServer(
  options: WidgetOptions,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { engine, health, onView, site, log, routes } = options;
  const { now } = engine;
  const messages = messagesFor(options.words);
  const read = cachedWidget({ read: widgetReader(options), usage: () => engine.org.usage(), now });
  const policies = policiesFor(site);
  const server = fastify({
    forceCloseConnections: true,
    requestTimeout: 30_000,
    bodyLimit: LARGEST_BODY,
    // What is no address at all comes past the hooks.
    frameworkErrors: (_error, _request, reply) =>
      void refuse(
        reply.headers({ ...HEADERS, 'content-security-policy': policies.page }),
        'noPage',
        UNFRAMED,
      ),
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  server.addHook('onSend', async (_request, reply) => {
    void reply.headers(HEADERS);
    const defaults = { 'content-security-policy': policies.page, 'cache-control': 'no-store' };
    for (const [name, value] of Object.entries(defaults))
      if (reply.getHeader(name) === undefined) void reply.header(name, value);
  });
  const send = (reply: FastifyReply, page: string, status: number) =>
    reply.code(status).type('text/html; charset=utf-8').send(page);
  const refuse = (reply: FastifyReply, refusal: Refusal, style: string) => {
    onView(refusal);
    const { status, ...message } = messages[refusal];
    return send(reply, renderPage(message.title, renderMessage(message), style), status);
  };
  const file = (reply: FastifyReply, type: string, text: string) =>
    reply.type(`${type}; charset=utf-8`).header('cache-control', 'public, max-age=300').send(text);
  server.setNotFoundHandler((_request, reply) => refuse(reply, 'noPage', UNFRAMED));
  server.setErrorHandler((error: Partial<FastifyError>, _request, reply) => {
    if ((error.statusCode ?? 500) < 500) return refuse(reply, 'noPage', UNFRAMED);
    log.error({ err: error }, 'a page of the widget failed');
    return refuse(reply, 'failed', UNFRAMED);
  });
  server.get(UNFRAMED, (_request, reply) => file(reply, 'text/css', STYLE));
  for (const { method, path, next } of routes) {
    const style = '../'.repeat(path.split('/').length - 1) + STYLESHEET;
    server.route({
      method,
      url: `/widget/${path}`,
      handler: async (request, reply) => {
        const step = next(asked(request, now()));
        switch (step.step) {
          case 'script':
            return file(reply, 'text/javascript', step.text);
          case 'refuse':
            return refuse(reply, step.refusal, style);
          case 'redirect':
            onView('opened');
            return reply.redirect(step.to, 303);
          case 'ask':
            onView('opened');
            void reply.header('content-security-policy', policies.asking);
            return send(reply, renderPage(step.title, step.body, style), 200);
          case 'show': {
            const answer = await read(step.caseId);
            if (!answer.shown) return refuse(reply, answer.refusal, style);
            onView('shown');
            const title = `Salesforce: ${options.words.case} ${step.caseId}`;
            return send(reply, renderPage(title, renderView(answer.view), style), 200);
          }
        }
      },
    });
  }
  await server.listen({ host: options.host, port: options.port });
  const [address] = server.addresses();
  const port = typeof address === 'object' ? address.port : options.port;
  health.set(PART, 'up', `listens on ${options.host}:${port}`);
  return { port, close: () => server.close() };
}

const HEADERS = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

const asked = ({ params, query, body }: FastifyRequest, now: number): WidgetRequest => ({
  params: params as Readonly<Record<string, unknown>>,
  query: query as Readonly<Record<string, unknown>>,
  form: body instanceof URLSearchParams ? body : new URLSearchParams(),
  now,
});
