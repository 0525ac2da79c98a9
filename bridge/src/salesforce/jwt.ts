import { createSign } from 'node:crypto';
import { RequestFailed } from '../core/failure.ts';

export type JwtLogin = {
  /** Where the user logs in: the audience of the token. */
  readonly loginUrl: string;
  readonly clientId: string;
  readonly username: string;
  /** PEM. */
  readonly privateKey: string;
};

const LIFETIME_S = 180;
const TIMEOUT_MS = 30_000;

/** Logs in by OAuth 2.0 JWT bearer. Returns the session. @throws RequestFailed of class auth or network */
export async function logIn(
  login: JwtLogin,
  now: () => number,
): Promise<{ accessToken: string; instanceUrl: string }> {
  const audience = login.loginUrl.replace(/\/$/, '');
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: assertion(login, audience, now()),
  });
  let response: Response;
  try {
    response = await fetch(`${audience}/services/oauth2/token`, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new RequestFailed(
      { class: 'network', code: 'LOGIN', message: `Salesforce cannot be reached at ${audience}.` },
      { cause: error },
    );
  }
  const answer = (await response.json().catch(() => ({}))) as {
    access_token?: string;
    instance_url?: string;
    error?: string;
    error_description?: string;
  };
  if (answer.access_token && answer.instance_url)
    return { accessToken: answer.access_token, instanceUrl: answer.instance_url };
  const said = `${answer.error ?? `HTTP ${response.status}`}: ${answer.error_description ?? ''}`;
  throw new RequestFailed({
    class: response.status >= 500 ? 'network' : 'auth',
    code: 'LOGIN',
    message: `Salesforce refuses the log-in of ${login.username} (${said}).`,
  });
}

function assertion({ clientId, username, privateKey }: JwtLogin, audience: string, now: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: clientId, sub: username, aud: audience, exp: Math.floor(now / 1_000) + LIFETIME_S };
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}
