import type { Metadata, ServiceError } from '@grpc/grpc-js';
import type { StreamEnd } from '../ports/org.ts';

const PREFIX = 'sfdc.platform.eventbus.grpc.';
const HOUR_MS = 3_600_000;

/** What can be done after a stream ended with an error of the Pub/Sub API, from its own code. */
export function streamEnd(
  error: Pick<ServiceError, 'code' | 'details' | 'message' | 'metadata'>,
): StreamEnd & { readonly auth?: true } {
  const code = errorCode(error.metadata);
  const message = `${code || error.code}: ${error.details || error.message}`;
  if (code.startsWith('subscription.fetch.replayid')) return { reason: 'positionLost', message };
  if (code === 'service.auth.error') return { reason: 'failed', message, auth: true };
  if (/^(?:topic\.|subscription\.topic\.|service\.auth\.headers|service\.tenant)/.test(code))
    return { reason: 'refused', message };
  if (code === 'subscription.limit.exceeded') return { reason: 'failed', message, retryAfterMs: HOUR_MS };
  if (/limit\.(?:triggered|exceeded)|protection\.triggered/.test(code))
    return { reason: 'failed', message, retryAfterMs: 60_000 };
  return { reason: 'failed', message };
}

function errorCode(metadata: Metadata | undefined): string {
  return String(metadata?.get('error-code')[0] ?? '').replace(PREFIX, '');
}
