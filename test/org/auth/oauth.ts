import { createPublicKey, verify } from 'node:crypto';
import type { Org } from '../org.ts';
import { ok, type Answer } from '../http/request.ts';
import { route, type Route } from '../http/routes.ts';

/** An app that may log users in: a connected app or an external client app. */
/** Salesforce takes no token that is good for longer. */
const LONGEST_TOKEN_MS = 5 * 60_000;

export type App = {
  readonly consumerKey: string;
  /** PEM certificate or public key; a JWT must be signed by its private key. */
  readonly certificate: string;
  /** Usernames that an administrator has approved; null: every user. */
  readonly approved: readonly string[] | null;
  /** Permission sets whose holders are approved too. */
  readonly permissionSets?: readonly string[];
  /** A new app is not known everywhere at once: before that time, in ms, it is not found. */
  readonly usableFrom?: number;
};

export const oauthRoutes: readonly Route[] = [
  route('POST', '/services/oauth2/token', (org, request) =>
    token(org, new URLSearchParams(request.body.toString('utf8'))),
  ),
  route('POST', '/services/oauth2/revoke', () => ({ status: 200, body: '' })),
  route('GET', '/services/oauth2/userinfo', (org, request) => ok(userinfo(org, request.userId))),
  route('GET', '/services/oauth2/singleaccess', (org) =>
    ok({ frontdoor_uri: `${org.url}/secur/frontdoor.jsp?otp=local` }),
  ),
  route('GET', '/id/:org/:user', (org, request) => ok(userinfo(org, request.userId))),
];

function token(org: Org, form: URLSearchParams): Answer {
  const grant = form.get('grant_type');
  if (grant !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
    return refuse('unsupported_grant_type', 'grant type not supported');
  const [header = '', payload = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const claims = readClaims(payload);
  if (!claims) return refuse('invalid_grant', 'invalid assertion');
  const app = org.apps.get(claims.iss);
  if (!app || org.now() < (app.usableFrom ?? 0))
    return refuse('invalid_client_id', 'client identifier invalid');
  if (claims.aud.replace(/\/$/, '') !== org.url) return refuse('invalid_grant', 'audience is invalid');
  if (claims.exp * 1_000 < org.now() || claims.exp * 1_000 > org.now() + LONGEST_TOKEN_MS)
    return refuse('invalid_grant', 'expired authorization code');
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('sha256', signed, createPublicKey(app.certificate), Buffer.from(signature, 'base64url'))) {
    return refuse('invalid_grant', 'invalid assertion');
  }
  const user = [...org.records.rows('User').values()].find((row) => row['Username'] === claims.sub);
  if (!user || user['IsActive'] !== true)
    return refuse('invalid_grant', "user hasn't approved this consumer");
  if (
    app.approved &&
    !app.approved.includes(claims.sub) &&
    !holdsOneOf(org, user.Id, app.permissionSets ?? [])
  )
    return refuse('invalid_app_access', 'user is not admin approved to access this app');
  return ok({
    access_token: org.sessions.open(user.Id),
    scope: 'api',
    instance_url: org.url,
    id: `${org.url}/id/${org.orgId}/${user.Id}`,
    token_type: 'Bearer',
  });
}

function holdsOneOf(org: Org, userId: string, permissionSets: readonly string[]): boolean {
  const live = (object: string) =>
    [...org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
  const ids = new Set(
    live('PermissionSet')
      .filter((row) => permissionSets.includes(String(row['Name'])))
      .map((row) => row.Id),
  );
  return live('PermissionSetAssignment').some(
    (row) => row['AssigneeId'] === userId && ids.has(String(row['PermissionSetId'])),
  );
}

type Claims = { iss: string; sub: string; aud: string; exp: number };

function readClaims(payload: string): Claims | null {
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Partial<Claims>;
    const { iss, sub, aud, exp } = claims;
    return typeof iss === 'string' &&
      typeof sub === 'string' &&
      typeof aud === 'string' &&
      typeof exp === 'number'
      ? { iss, sub, aud, exp }
      : null;
  } catch {
    return null;
  }
}

const refuse = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

function userinfo(org: Org, userId: string) {
  const user = org.records.get('User', userId);
  return {
    sub: `${org.url}/id/${org.orgId}/${userId}`,
    user_id: userId,
    organization_id: org.orgId,
    preferred_username: user?.['Username'],
    username: user?.['Username'],
    name: user?.['Name'],
    email: user?.['Email'],
    active: user?.['IsActive'],
    urls: { rest: `${org.url}/services/data/v{version}/` },
  };
}
