import type { Failure, FailureClass } from '../core/failure.ts';

/** Salesforce's status codes by what can be done about them; a code that is not here is a validation. */
const CLASS_OF: Readonly<Record<string, FailureClass>> = {
  UNABLE_TO_LOCK_ROW: 'busy',
  SERVER_UNAVAILABLE: 'busy',
  QUERY_TIMEOUT: 'busy',
  CONCURRENT_REQUESTS_LIMIT_EXCEEDED: 'busy',
  REQUEST_LIMIT_EXCEEDED: 'rateLimit',
  INVALID_SESSION_ID: 'auth',
  API_DISABLED_FOR_ORG: 'permission',
  INSUFFICIENT_ACCESS: 'permission',
  INSUFFICIENT_ACCESS_OR_READONLY: 'permission',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'permission',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'permission',
  INVALID_TYPE: 'permission',
  INVALID_FIELD: 'permission',
  NOT_FOUND: 'gone',
  ENTITY_IS_DELETED: 'gone',
  DUPLICATE_VALUE: 'duplicate',
  DUPLICATES_DETECTED: 'duplicate',
  INVALID_CROSS_REFERENCE_KEY: 'missingParent',
  ERROR_HTTP_401: 'auth',
  ERROR_HTTP_403: 'permission',
  ERROR_HTTP_429: 'rateLimit',
};

export type SalesforceProblem = {
  readonly errorCode?: string;
  readonly statusCode?: string;
  readonly message?: string;
};

/** A failure of one record, from what a collection or a graph said of it. */
export function recordFailure(problem: SalesforceProblem | undefined): Failure {
  const code = problem?.statusCode ?? problem?.errorCode ?? 'UNKNOWN_EXCEPTION';
  return { class: CLASS_OF[code] ?? 'validation', code, message: problem?.message ?? '' };
}

/** A failure of a whole request, from what the HTTP client threw. */
export function requestFailure(error: unknown): Failure {
  const { errorCode, code, message } = error as { errorCode?: unknown; code?: unknown; message?: string };
  if (typeof errorCode === 'string' && !errorCode.startsWith('ERROR_HTTP_5')) {
    return { class: CLASS_OF[errorCode] ?? 'bug', code: errorCode, message: message ?? '' };
  }
  return {
    class: 'network',
    code: typeof code === 'string' ? code : String(errorCode ?? 'NETWORK'),
    message: message ?? String(error),
  };
}
