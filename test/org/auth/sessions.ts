import { randomBytes } from 'node:crypto';
import { SalesforceError } from '../records/errors.ts';

/** Access tokens and whose they are. */
export class Sessions {
  readonly #users = new Map<string, string>();
  readonly #orgId: string;

  constructor(orgId: string) {
    this.#orgId = orgId;
  }

  open(userId: string): string {
    const token = `${this.#orgId}!AQ4${randomBytes(24).toString('hex')}`;
    this.#users.set(token, userId);
    return token;
  }

  /** Ends all sessions, as an admin or a time-out does. */
  expireAll(): void {
    this.#users.clear();
  }

  has(token: string): boolean {
    return this.#users.has(token);
  }

  /** @throws INVALID_SESSION_ID */
  userOf(token: string): string {
    const user = this.#users.get(token);
    if (!user) throw new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid');
    return user;
  }
}
