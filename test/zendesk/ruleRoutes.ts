import { created, done, find, ok, urlOf, type Account, type Route } from './account.ts';
import { wrapped } from './input.ts';
import { listed } from './lists.ts';
import { recordNotFound } from './problem.ts';
import { triggerBody, webhookBody } from './render.ts';
import type { Trigger, Webhook } from './records.ts';
import { createTrigger, updateTrigger } from './triggers.ts';
import { createWebhook, resetSecret, updateWebhook } from './webhooks.ts';

/** What happens by itself: triggers and webhooks. */
export function ruleRoutes(account: Account): Route[] {
  return [...triggerRoutes(account), ...webhookRoutes(account)];
}

function triggerRoutes(account: Account): Route[] {
  const { state } = account;
  const { triggers } = state.tables;
  const body = (one: Trigger) => triggerBody(account, one);
  const list = { name: 'triggers', render: body, sorts: ['position'] as const };
  return [
    [
      'GET',
      /^triggers$/,
      (request) => {
        const active = request.query.get('active');
        const shown = triggers.filter((one) => active === null || String(one.active) === active);
        return listed(account, request, shown, list);
      },
    ],
    [
      'GET',
      /^triggers\/active$/,
      (request) =>
        listed(
          account,
          request,
          triggers.filter((one) => one.active),
          list,
        ),
    ],
    [
      'POST',
      /^triggers$/,
      ({ input }) => {
        const trigger = createTrigger(state, wrapped(input, 'trigger'));
        return created({ trigger: body(trigger) }, urlOf(account, `triggers/${trigger.id}`));
      },
      'admin',
    ],
    ['GET', /^triggers\/(\d+)$/, (_request, id = '') => ok({ trigger: body(find(triggers, id)) })],
    [
      'PUT',
      /^triggers\/(\d+)$/,
      ({ input }, id = '') => {
        const trigger = find(triggers, id);
        updateTrigger(state, trigger, wrapped(input, 'trigger'));
        return ok({ trigger: body(trigger) });
      },
      'admin',
    ],
    [
      'DELETE',
      /^triggers\/(\d+)$/,
      (_request, id = '') => {
        state.remove(triggers, find(triggers, id));
        return done();
      },
      'admin',
    ],
  ];
}

function webhookRoutes(account: Account): Route[] {
  const { state, webhooks } = account;
  const { webhooks: table } = state.tables;
  const at = (id: string): Webhook => {
    const webhook = table.find((one) => one.id === id);
    if (!webhook) throw recordNotFound();
    return webhook;
  };
  const secretOf = ({ secret }: Webhook) => ({ signing_secret: { algorithm: 'SHA256', secret } });
  const changed = (method: string): Route => [
    method,
    /^webhooks\/(\w+)$/,
    ({ input }, id = '') => {
      updateWebhook(state, at(id), wrapped(input, 'webhook'));
      return done();
    },
    'admin',
  ];
  return [
    [
      'GET',
      /^webhooks$/,
      () =>
        ok({
          webhooks: table.map(webhookBody),
          meta: { has_more: false, after_cursor: null, before_cursor: null },
          links: { prev: null, next: null },
        }),
      'admin',
    ],
    [
      'POST',
      /^webhooks$/,
      ({ input }) => {
        const webhook = createWebhook(state, wrapped(input, 'webhook'));
        return created({ webhook: webhookBody(webhook) }, `${account.url}/api/v2/webhooks/${webhook.id}`);
      },
      'admin',
    ],
    ['GET', /^webhooks\/(\w+)$/, (_request, id = '') => ok({ webhook: webhookBody(at(id)) }), 'admin'],
    changed('PUT'),
    changed('PATCH'),
    [
      'DELETE',
      /^webhooks\/(\w+)$/,
      (_request, id = '') => {
        state.remove(table, at(id));
        return done();
      },
      'admin',
    ],
    ['GET', /^webhooks\/(\w+)\/signing_secret$/, (_request, id = '') => ok(secretOf(at(id))), 'admin'],
    [
      'POST',
      /^webhooks\/(\w+)\/signing_secret$/,
      (_request, id = '') => {
        resetSecret(state, at(id));
        return created(secretOf(at(id)), `${account.url}/api/v2/webhooks/${id}/signing_secret`);
      },
      'admin',
    ],
    [
      'GET',
      /^webhooks\/(\w+)\/invocations$/,
      (_request, id = '') =>
        ok({
          invocations: webhooks.invocations
            .filter((one) => one.webhookId === at(id).id)
            .map((one) => ({
              id: one.id,
              status: one.answers.at(-1) === 200 ? 'success' : 'failed',
              status_code: one.answers.at(-1) ?? 0,
            })),
          meta: { has_more: false },
        }),
      'admin',
    ],
  ];
}
