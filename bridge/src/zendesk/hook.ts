import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { PairKind } from '../core/pair.ts';
import { parsedJson } from '../http/parsedJson.ts';
import { sameSecret } from '../http/sameSecret.ts';
import { SIGNATURE_MS, type DeskHook } from '../ports/deskHook.ts';

const id = z.union([z.number().int().positive(), z.string().regex(/^[1-9]\d{0,17}$/)]).transform(String);
/** What a trigger sends is written by an administrator, as the guide says it. */
const Ticket = z.object({ ticket_id: id });
/** What Zendesk sends by itself to a webhook that subscribed. */
const Event = z.object({
  type: z.string().regex(/^zen:event-type:(ticket|user|organization)\.\w+$/),
  detail: z.object({ id }),
});
/** Strictly so: nothing stands between time and body in what is signed, and neither may take a part of the other. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const PAIRS: Readonly<Record<string, PairKind>> = {
  ticket: 'case',
  user: 'customer',
  organization: 'company',
};

/**
 * Calls of Zendesk's webhooks: those that a trigger calls name a ticket, the others are events. Each webhook has a
 * signing secret of its own; the secret that is set may be several, with blanks between them.
 */
export const zendeskHook: DeskHook = {
  path: '/hooks/zendesk',
  // A signature counts once, and its time says the second alone. Two changes of a ticket within one second come as
  // one call twice; when its second is over, both are in what is read.
  gatherMs: 1_000,
  refused: {
    scheme: 'ZendeskWebhook realm="Desk Connect"',
    message:
      "The signature is of none of the secrets that the bridge has, or older than five minutes. Give the bridge the webhook's signing secret.",
  },
  unreadable: {
    code: 'NO_RECORD',
    message:
      'The body must be an event of a ticket, a user or an organization, or JSON with the id of a ticket: {"ticket_id": "{{ticket.id}}"}.',
  },
  verify({ header, body }, secrets, now) {
    const once = header('x-zendesk-webhook-signature');
    const timestamp = header('x-zendesk-webhook-signature-timestamp');
    if (once === undefined || timestamp === undefined || !TIME.test(timestamp)) return null;
    const age = Math.abs(now - Date.parse(timestamp));
    // A day that is in no month has no age.
    if (!(age <= SIGNATURE_MS)) return null;
    const isSignedBy = (secret: string) =>
      sameSecret(once, createHmac('sha256', secret).update(timestamp).update(body).digest('base64'));
    const secret = secrets.find((one) => one.trim().split(/\s+/).some(isSignedBy));
    return secret === undefined ? null : { secret, once };
  },
  named(body) {
    const parsed = parsedJson(body);
    const ticket = Ticket.safeParse(parsed);
    if (ticket.success) return [{ pair: 'case', id: ticket.data.ticket_id }];
    const event = Event.safeParse(parsed);
    const pair = PAIRS[/:(\w+)\.\w+$/.exec(event.data?.type ?? '')?.[1] ?? ''];
    return event.success && pair !== undefined ? [{ pair, id: event.data.detail.id }] : null;
  },
};
