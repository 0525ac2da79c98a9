import type { Failure } from '../core/failure.ts';
import { withoutSecrets } from '../core/redact.ts';

/** A failure of a request that got no answer, from what was thrown. */
export function brokenConnection(error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  return {
    class: 'network',
    code: typeof code === 'string' ? code : 'NETWORK',
    message: withoutSecrets(cause instanceof Error ? cause.message : String(cause)),
  };
}
