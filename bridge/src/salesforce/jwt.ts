import { createSign } from 'node:crypto';
import * as z from 'zod';
import { isSafeAddress } from '../core/address.ts';
import { RequestFailed } from '../core/failure.ts';
import { readText } from '../http/readText.ts';

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
/** A clock that is further off than this makes a token that Salesforce refuses. */
const CLOCK_OFF_MS = 60_000;

/** Far above what a log-in answers. */
const LARGEST_BODY = 64 * 1024;

/** What is not of this form can be no header, or would send the session in the clear. */
const Session = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  instance_url: z.string().refine(isSafeAddress),
});
const Refusal = z.object({ error: z.string().max(200), error_description: z.string().max(200).optional() });

type LoggedIn = { readonly accessToken: string; readonly instanceUrl: string };
type Refused = { readonly refusal: RequestFailed; /** Salesforce's clock. */ readonly date: number };

/**
 * Logs in by OAuth 2.0 JWT bearer; where our clock is wrong, by Salesforce's. Returns the session.
 * @throws RequestFailed of class auth or network
 */
export async function logIn(login: JwtLogin, now: () => number): Promise<LoggedIn> {
  const first = await ask(login, now());
  if (!('refusal' in first)) return first;
  if (!(Math.abs(first.date - now()) > CLOCK_OFF_MS)) throw first.refusal;
  const second = await ask(login, first.date);
  if ('refusal' in second) throw second.refusal;
  return second;
}

async function ask(login: JwtLogin, at: number): Promise<LoggedIn | Refused> {
  const audience = login.loginUrl.replace(/\/$/, '');
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: assertion(login, audience, at),
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
  const answer = await bodyOf(response);
  const { data: session } = Session.safeParse(answer);
  if (response.ok && session) return { accessToken: session.access_token, instanceUrl: session.instance_url };
  const { data: refused } = Refusal.safeParse(answer);
  const said = refused ? `${refused.error}: ${refused.error_description ?? ''}` : `HTTP ${response.status}`;
  const refusal = new RequestFailed({
    // A success that is none comes from what stands before Salesforce, and may pass.
    class: response.status >= 500 || (response.ok && answer === null) ? 'network' : 'auth',
    code: 'LOGIN',
    message: `Salesforce refuses the log-in of ${login.username} (${said}).`,
  });
  return { refusal, date: Date.parse(response.headers.get('date') ?? '') };
}

/** Null where the answer is no JSON, or was cut off. */
async function bodyOf(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await readText(response, 'Salesforce', LARGEST_BODY)) as unknown;
  } catch {
    return null;
  }
}

function assertion({ clientId, username, privateKey }: JwtLogin, audience: string, now: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: clientId, sub: username, aud: audience, exp: Math.floor(now / 1_000) + LIFETIME_S };
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}
