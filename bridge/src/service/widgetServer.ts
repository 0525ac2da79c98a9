import fastify, { type FastifyError, type FastifyReply } from 'fastify';
import * as z from 'zod';
import { renderMessage, renderPage, STYLESHEET } from '../core/widget/renderPage.ts';
import { renderView } from '../core/widget/renderView.ts';
import { STYLE } from '../core/widget/style.ts';
import type { Health } from './health.ts';
import { widgetReader, type WidgetSources } from './readWidget.ts';
import { cachedWidget } from './widgetCache.ts';
import { MESSAGES, type Refusal } from './widgetMessages.ts';
import { checkCase, opens, signCase } from './widgetSignature.ts';

export type WidgetOptions = {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  /** Opens pages as well, while Desk is given the address that is made of the new one. */
  readonly previousSecret?: string | null;
  /** The origin of the Desk site, the only one that may frame the pages. */
  readonly site: string;
  readonly health: Health;
  /** Told what each page was. */
  readonly onView: (outcome: WidgetOutcome) => void;
} & WidgetSources;
export type WidgetOutcome = 'opened' | 'shown' | Refusal;

const PART = 'desk widget';
const caseId = z.string().regex(/^\d{1,18}$/);
const Opening = z.object({ case: caseId, key: z.string().max(200) });
const Case = z.object({ id: caseId });
const Signed = z.object({ expires: z.string().regex(/^\d{1,12}$/), signature: z.string().max(200) });

/**
 * Serves the Salesforce widget below `/widget`, on an address of its own, for the browsers of agents: `open` turns
 * what Desk's integration URL shows into a signed link, `case/<id>` is the page. Nothing here writes anything.
 */
export async function startWidgetServer(
  options: WidgetOptions,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { engine, health, onView, site, log } = options;
  const { now } = engine;
  const keys = [options.secret, options.previousSecret ?? []].flat().map((secret) => ({ secret, site }));
  const read = cachedWidget({ read: widgetReader(options), usage: () => engine.org.usage(), now });
  const headers = headersFor(site);
  const server = fastify({
    forceCloseConnections: true,
    requestTimeout: 30_000,
    // What is no address at all comes past the hooks.
    frameworkErrors: (_error, _request, reply) =>
      void refuse(reply.headers(headers), 'noPage', `/widget/${STYLESHEET}`),
  });
  server.addHook('onSend', async (_request, reply) => {
    void reply.headers(headers);
    if (reply.getHeader('cache-control') === undefined) void reply.header('cache-control', 'no-store');
  });
  const send = (reply: FastifyReply, page: string, status: number) =>
    reply.code(status).type('text/html; charset=utf-8').send(page);
  const refuse = (reply: FastifyReply, refusal: Refusal, style = STYLESHEET) => {
    onView(refusal);
    const { status, ...message } = MESSAGES[refusal];
    return send(reply, renderPage(message.title, renderMessage(message), style), status);
  };
  server.setNotFoundHandler((_request, reply) => refuse(reply, 'noPage', `/widget/${STYLESHEET}`));
  server.setErrorHandler((error: Partial<FastifyError>, _request, reply) => {
    if ((error.statusCode ?? 500) < 500) return refuse(reply, 'noPage', `/widget/${STYLESHEET}`);
    log.error({ err: error }, 'a page of the widget failed');
    return refuse(reply, 'failed', `/widget/${STYLESHEET}`);
  });
  server.get(`/widget/${STYLESHEET}`, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=300').send(STYLE),
  );
  server.get('/widget/open', (request, reply) => {
    const asked = Opening.safeParse(request.query);
    if (!asked.success || !keys.some((key) => opens(key, asked.data.key))) return refuse(reply, 'forged');
    onView('opened');
    const { case: id } = asked.data;
    // Relative: a proxy may serve the pages below a path of its own.
    return reply.redirect(`case/${id}?${signCase(options, id, now())}`, 303);
  });
  server.get('/widget/case/:id', async (request, reply) => {
    const style = `../${STYLESHEET}`;
    const asked = Case.safeParse(request.params);
    const link = Signed.safeParse(request.query);
    const checked =
      asked.success && link.success
        ? checkCase(keys, { caseId: asked.data.id, ...link.data }, now())
        : 'forged';
    if (checked !== 'good' || !asked.success)
      return refuse(reply, checked === 'good' ? 'forged' : checked, style);
    const answer = await read(asked.data.id);
    if (!answer.shown) return refuse(reply, answer.refusal, style);
    onView('shown');
    return send(reply, renderPage(`Salesforce: case ${asked.data.id}`, renderView(answer.view), style), 200);
  });
  await server.listen({ host: options.host, port: options.port });
  const [address] = server.addresses();
  const port = typeof address === 'object' ? address.port : options.port;
  health.set(PART, 'up', `listens on ${options.host}:${port}`);
  return { port, close: () => server.close() };
}

/** A page may load its stylesheet and nothing else, run nothing, send nothing, and stand in a frame of Desk alone. */
function headersFor(site: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${site}`,
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ];
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  };
}
