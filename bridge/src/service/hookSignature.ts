import { createHmac } from 'node:crypto';
import { sameSecret } from './sameSecret.ts';

/** A signature older or newer than this is none: whoever recorded one cannot send it again tomorrow. */
const WINDOW_MS = 5 * 60_000;

/** What a call of Desk's rule shows of itself. */
export type HookCredentials = {
  /** Header `authorization`: Basic, with the secret as password, which is what Desk's rules can send. */
  readonly authorization: string | undefined;
  /** Header `x-desk-connect-signature`: `t=<seconds since 1970>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. */
  readonly signature: string | undefined;
};

/**
 * Whether a call knows the secret. A signature is checked over the body as it came, byte for byte; comparing takes
 * as long for a wrong one as for the right one.
 * @param now milliseconds since 1970
 */
export function knowsSecret(
  { authorization, signature }: HookCredentials,
  body: Buffer,
  secret: string,
  now: number,
): boolean {
  if (signature !== undefined) return isSigned(signature, body, secret, now);
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = given.indexOf(':');
  return colon >= 0 && sameSecret(given.slice(colon + 1), secret);
}

function isSigned(signature: string, body: Buffer, secret: string, now: number): boolean {
  const { t = '', v1 = '' } = Object.fromEntries(
    signature.split(',').map((part) => part.trim().split('=', 2) as [string, string]),
  ) as { t?: string; v1?: string };
  if (!/^\d+$/.test(t) || Math.abs(now - Number(t) * 1_000) > WINDOW_MS) return false;
  return sameSecret(v1, createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex'));
}
