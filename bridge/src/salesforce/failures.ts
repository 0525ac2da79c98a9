import { RequestFailed, type Failure, type FailureClass } from '../core/failure.ts';
import { withoutValues, wordsOf } from '../core/redact.ts';
import { retryAfter } from '../core/retryAfter.ts';
import { brokenConnection } from '../http/brokenConnection.ts';

const LONGEST_CODE = 100;

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
};

type SalesforceProblem = { readonly code?: string; readonly message: string };

/** A problem as far as it says anything: its answer may come from whatever stands before Salesforce. */
function problemFrom(given: unknown): SalesforceProblem {
  const { statusCode, errorCode, message } = (given ?? {}) as Record<string, unknown>;
  const code = [statusCode, errorCode].find((one) => typeof one === 'string' && one !== '');
  const text = typeof message === 'string' ? withoutValues(message) : '';
  return { ...(typeof code === 'string' ? { code: code.slice(0, LONGEST_CODE) } : {}), message: text };
}

/** The code of a problem in an answer; undefined where it has none. */
export function codeOf(problem: unknown): string | undefined {
  return problemFrom(problem).code;
}

/** A failure of one record, from what a collection or a graph said of it. */
export function recordFailure(problem: unknown): Failure {
  const { code = 'UNKNOWN_EXCEPTION', message } = problemFrom(problem);
  const byMessage = CLASS_OF_MESSAGE.find(([pattern]) => pattern.test(message));
  return { class: byMessage?.[1] ?? CLASS_OF[code] ?? 'validation', code, message };
}

/** What comes with a code that says something else of most records. */
const CLASS_OF_MESSAGE: readonly (readonly [pattern: RegExp, failureClass: FailureClass])[] = [
  // INVALID_FIELD: the record that a lookup names by its external id may yet be made.
  [/^Foreign key external ID: /, 'missingParent'],
  // INVALID_CROSS_REFERENCE_KEY: no parent, but a record type that the user may not take.
  [/^Record Type ID: /, 'permission'],
];

/** A failure of a whole request, from the answer that refused it. */
export function requestFailure(status: number, text: string, comeBack: string | null): Failure {
  const problem = problemOf(text);
  const code = problem.code ?? `HTTP ${status}`;
  const byStatus = status >= 500 ? 'network' : (CLASS_OF_STATUS[status] ?? 'bug');
  // An address that is not there says nothing of the records that were asked for.
  const byCode = CLASS_OF[code] === 'gone' ? 'bug' : CLASS_OF[code];
  return {
    class: byCode ?? byStatus,
    code,
    message: problem.message,
    ...retryAfter(comeBack),
  };
}

const CLASS_OF_STATUS: Readonly<Record<number, FailureClass>> = {
  401: 'auth',
  403: 'permission',
  429: 'rateLimit',
};

/** Salesforce answers with a list of problems; what stands before it, such as a proxy, with anything. */
function problemOf(text: string): SalesforceProblem {
  try {
    const body = JSON.parse(text) as unknown;
    const [first] = Array.isArray(body) ? (body as unknown[]) : [];
    if (typeof first === 'object' && first !== null) return problemFrom(first);
  } catch {
    // Plain words or HTML.
  }
  return { message: wordsOf(text) };
}

/** An answer of success that is none of Salesforce's, such as the page of a proxy. */
export function unexpectedAnswer(to: string): RequestFailed {
  const message = `Salesforce's answer to a ${to} is not one.`;
  return new RequestFailed({ class: 'bug', code: 'UNEXPECTED_ANSWER', message });
}

/** A failure of a request to Salesforce that got no answer, from what was thrown. */
export function networkFailure(error: unknown, timeoutMs: number): Failure {
  if (error instanceof Error && error.name === 'TimeoutError') {
    const message = `Salesforce did not answer within ${timeoutMs / 1_000} s.`;
    return { class: 'network', code: 'TIMEOUT', message };
  }
  return brokenConnection(error);
}
