/**
 * Why a call or a record failed, as data: the class decides whether and when to try again,
 * the message is for people and holds no record content beyond what the other side said.
 */
export type FailureClass =
  | 'permission'
  | 'validation'
  | 'duplicate'
  | 'missingParent'
  | 'rateLimit'
  | 'auth'
  | 'network'
  | 'busy'
  | 'gone'
  | 'ambiguous'
  | 'excluded'
  | 'bug';

/** The classes as people read them, and as the picklist `Desk_Link__c.Failure_Cause__c` has them. */
export const CAUSE: Readonly<Record<FailureClass, string>> = {
  permission: 'Permission',
  validation: 'Validation',
  duplicate: 'Duplicate',
  missingParent: 'Missing Parent',
  rateLimit: 'Rate Limit',
  auth: 'Auth',
  network: 'Network',
  busy: 'Busy',
  gone: 'Gone',
  ambiguous: 'Ambiguous',
  excluded: 'Excluded',
  bug: 'Bug',
};

export type Failure = {
  readonly class: FailureClass;
  /** The other side's own code, e.g. `REQUIRED_FIELD_MISSING`, `taken`, `HTTP 503`. */
  readonly code: string;
  readonly message: string;
  /** Milliseconds to wait at least, when the other side said so. */
  readonly retryAfterMs?: number;
};

/** The code of a record whose parent is being made: the normal course of a first sync, and no failure yet. */
export const PARENT_FIRST = 'PARENT_FIRST';

/** The code of a record whose parent cannot be synced before somebody mends that one. */
export const PARENT_FAILS = 'PARENT_FAILS';

/** The code of a record that is left out because the rule of its parent's kind leaves that one out. */
export const PARENT_EXCLUDED = 'PARENT_EXCLUDED';

/** Classes where trying again by itself can help; the others wait for a person or for a change. */
const RETRYABLE: ReadonlySet<FailureClass> = new Set([
  'rateLimit',
  'auth',
  'network',
  'busy',
  'missingParent',
]);

export function canRetry(failure: Failure): boolean {
  return RETRYABLE.has(failure.class);
}

/** Thrown by a client when a whole request failed, so that no record of it has an outcome of its own. */
export class RequestFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.code}: ${failure.message}`, options);
    this.name = 'RequestFailed';
    this.failure = failure;
  }
}
