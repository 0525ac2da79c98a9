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

function isSigned(header: string, body: Buffer, secret: string, now: number): boolean {
  const { t, v1 } = partsOf(header);
  if (!/^\d+$/.test(t) || Math.abs(now - Number(t) * 1_000) > WINDOW_MS) return false;
  return sameSecret(v1, createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex'));
}

function partsOf(header: string): { t: string; v1: string } {
  const parts = new Map(header.split(',').map((part) => part.trim().split('=', 2) as [string, string]));
  return { t: parts.get('t') ?? '', v1: parts.get('v1') ?? '' };
}

/**
 * The signatures of calls that were taken, for as long as they count: whoever recorded one has no use of it. Only
 * what is signed with the secret gets in, so nobody else can fill it.
 */
export class TakenSignatures {
  readonly #until = new Map<string, number>();

  /** Remembers a signature that is valid; false where it is known. `now` in milliseconds since 1970. */
  take(header: string, now: number): boolean {
    // In the order of their ends: the first that still counts stops it.
    for (const [v1, until] of this.#until) {
      if (until >= now) break;
      this.#until.delete(v1);
    }
    const { v1 } = partsOf(header);
    if (this.#until.has(v1)) return false;
    // It may be dated as far ahead as the window is wide.
    this.#until.set(v1, now + 2 * WINDOW_MS);
    return true;
  }

  /** What was not stored may be sent again. */
  giveBack(header: string): void {
    this.#until.delete(partsOf(header).v1);
  }
}
