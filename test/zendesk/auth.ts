import type { Right, Settings } from './account.ts';
import { userWithEmail } from './identities.ts';
import { forbidden, ZendeskProblem } from './problem.ts';
import type { User } from './records.ts';
import type { ZendeskState } from './state.ts';
import { blankUser } from './users.ts';

type OAuthToken = {
  readonly token: string;
  readonly userId: number;
  readonly scopes: readonly string[];
};
export type Credentials = {
  /** Any user who is verified may use them. */
  readonly apiTokens: readonly string[];
  readonly oauthTokens: readonly OAuthToken[];
};

const unauthenticated = () => new ZendeskProblem(401, { error: "Couldn't authenticate you" });
const invalidToken = () =>
  new ZendeskProblem(401, {
    error: 'invalid_token',
    error_description:
      'The access token provided is expired, revoked, malformed or invalid for other reasons.',
  });

/** Who calls without being known. */
export const ANONYMOUS: User = {
  ...blankUser(),
  id: 0,
  created_at: '',
  updated_at: '',
  generated: 0,
  name: 'Anonymous user',
};

/** Whose request it is: by an API token with the e-mail of a user, or by an OAuth token. @throws 401, 403 */
export function caller(
  state: ZendeskState,
  settings: Settings,
  credentials: Credentials,
  header: string,
  method: string,
): User {
  const { users } = state.tables;
  if (header.startsWith('Bearer ')) {
    const found = credentials.oauthTokens.find(({ token }) => token === header.slice(7));
    const user = users.find((one) => one.id === found?.userId && one.active && !one.suspended);
    if (!found || !user) throw invalidToken();
    if (!found.scopes.includes(method === 'GET' ? 'read' : 'write')) throw forbidden();
    return user;
  }
  // Where token access is switched off, the credentials count for nothing and the request is anonymous.
  if (!header.startsWith('Basic ') || !settings.apiTokenAccess) return ANONYMOUS;
  const [, email, token] =
    /^(.+)\/token:(.*)$/.exec(Buffer.from(header.slice(6), 'base64').toString('utf8')) ?? [];
  const user = email === undefined ? undefined : userWithEmail(state, email);
  const verified = user?.identities.some(
    (one) => one.type === 'email' && one.verified && one.value === email?.toLowerCase(),
  );
  if (!user || user.suspended || !verified || token === undefined || !credentials.apiTokens.includes(token))
    throw unauthenticated();
  return user;
}

/** @throws 401, 403 */
export function checkRight(user: User, right?: Right): void {
  if (right === 'anyone') return;
  if (user === ANONYMOUS) throw unauthenticated();
  if (user.role === 'end-user' || (right === 'admin' && user.role !== 'admin')) throw forbidden();
}
