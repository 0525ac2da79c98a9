import { randomBytes } from 'node:crypto';
import { text, without, word, type Input } from './input.ts';
import { invalidAttribute } from './problem.ts';
import type { Webhook } from './records.ts';
import type { ZendeskState } from './state.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const FORMATS = ['json', 'xml', 'form_encoded'] as const;
const STATES = ['active', 'inactive'] as const;

const secret = () => randomBytes(32).toString('base64');

export function createWebhook(state: ZendeskState, input: Input): Webhook {
  for (const name of ['name', 'endpoint', 'http_method', 'request_format', 'status'])
    if (!text(input, name)) throw invalidAttribute(name, `Parameter ${name} is required`);
  const time = state.time();
  const webhook: Webhook = {
    id: randomBytes(13).toString('hex').toUpperCase(),
    name: '',
    endpoint: '',
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: [],
    secret: secret(),
    created_at: time,
    updated_at: time,
    ...changesOf(input),
  };
  checkSubscriptions(webhook);
  return state.add(state.tables.webhooks, webhook);
}

export function updateWebhook(state: ZendeskState, webhook: Webhook, input: Input): void {
  const changed = { ...webhook, ...changesOf(input) };
  checkSubscriptions(changed);
  Object.assign(webhook, changed, { updated_at: state.time() });
  state.onWrite();
}

export function resetSecret(state: ZendeskState, webhook: Webhook): void {
  webhook.secret = secret();
  state.onWrite();
}

/** Any other subscription says that triggers call it. */
export const isEvent = (subscription: string) => subscription !== 'conditional_ticket_events';

/** Zendesk's own events come as JSON by POST only. */
function checkSubscriptions({ subscriptions, http_method, request_format }: Webhook): void {
  if (subscriptions.some(isEvent) && (http_method !== 'POST' || request_format !== 'json'))
    throw invalidAttribute('subscriptions', 'Subscriptions need http_method POST and request_format json');
}

function changesOf(input: Input): Partial<Webhook> {
  const endpoint = text(input, 'endpoint');
  if (endpoint && !URL.canParse(endpoint)) throw invalidAttribute('endpoint', 'Must be a URL');
  const subscriptions = input['subscriptions'];
  if (subscriptions !== undefined && !Array.isArray(subscriptions))
    throw invalidAttribute('subscriptions', 'Must be an array');
  return without({
    name: text(input, 'name') ?? undefined,
    endpoint: endpoint ?? undefined,
    http_method: word(input, 'http_method', METHODS) ?? undefined,
    request_format: word(input, 'request_format', FORMATS) ?? undefined,
    status: word(input, 'status', STATES) ?? undefined,
    subscriptions: subscriptions?.map(String),
  });
}
