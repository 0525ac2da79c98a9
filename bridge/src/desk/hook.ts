import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { parsedJson } from '../http/parsedJson.ts';
import { sameSecret } from '../http/sameSecret.ts';
import { SIGNATURE_MS, type DeskHook, type HookCall, type HookProof } from '../ports/deskHook.ts';

const Body = z.object({
  case_id: z.union([z.number().int().positive(), z.string().regex(/^[1-9]\d{0,17}$/)]),
});

/**
 * Calls of Desk's rules. A rule can send the secret as password of Basic, and any user name; what can sign sends
 * `x-desk-connect-signature: t=<seconds since 1970>,v1=<hex HMAC-SHA256 of "<t>.<body>">` instead.
 */
export const deskHook: DeskHook = {
  path: '/hooks/desk',
  // Desk's rules fire several at once: what they name is read together.
  gatherMs: 100,
  refused: {
    scheme: 'Basic realm="Desk Connect"',
    message: 'Send the shared secret as password, or sign with it.',
  },
  unreadable: {
    code: 'NO_CASE',
    message: 'The body must be JSON with the id of a case: {"case_id": 123}.',
  },
  verify(call, secrets, now) {
    const secret = secrets.find((one) => knowsSecret(call, one, now));
    return secret === undefined ? null : proofOf(secret, call.header('x-desk-connect-signature'));
  },
  named(body) {
    const asked = Body.safeParse(parsedJson(body));
    return asked.success ? [{ pair: 'case', id: String(asked.data.case_id) }] : null;
  },
};

/** A wrong signature is not made good by the right password. */
function knowsSecret(call: HookCall, secret: string, now: number): boolean {
  const signature = call.header('x-desk-connect-signature');
  if (signature !== undefined) return isSigned(signature, call.body, secret, now);
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(call.header('authorization') ?? '')?.[1] ?? '';
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = given.indexOf(':');
  return colon >= 0 && sameSecret(given.slice(colon + 1), secret);
}

function isSigned(header: string, body: Buffer, secret: string, now: number): boolean {
  const { t, v1 } = partsOf(header);
  if (!/^\d+$/.test(t) || Math.abs(now - Number(t) * 1_000) > SIGNATURE_MS) return false;
  return sameSecret(v1, createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex'));
}

/** However the header is written, its signature is the same. */
const proofOf = (secret: string, header: string | undefined): HookProof => ({
  secret,
  once: header === undefined ? null : partsOf(header).v1,
});

function partsOf(header: string): { t: string; v1: string } {
  const parts = new Map(header.split(',').map((part) => part.trim().split('=', 2) as [string, string]));
  return { t: parts.get('t') ?? '', v1: parts.get('v1') ?? '' };
}
