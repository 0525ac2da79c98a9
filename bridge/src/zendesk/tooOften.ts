import type { Failure } from '../core/failure.ts';
import type { ZendeskHttp } from './http.ts';

/**
 * Milliseconds to wait before one ticket can be updated by itself; 0 counts the update. The limit of one ticket holds
 * up that ticket and no other.
 */
export function ticketPause(http: ZendeskHttp, ticketId: string): number {
  if (!http.limits.take('ticket')) return http.limits.pause('ticket');
  return http.limits.takeTicket(ticketId);
}

/** The failure of a record that Zendesk would refuse for how often it was written. */
export function overLimit(retryAfterMs: number): Failure {
  return {
    class: 'rateLimit',
    code: 'TOO_OFTEN',
    message:
      'Zendesk takes no more updates of it for now: 30 of one ticket in ten minutes, 100 tickets a minute.',
    retryAfterMs,
  };
}
