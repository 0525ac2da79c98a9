import { verify } from 'node:crypto';
import { z } from 'zod';

/** An app that is installed in an account, and the key that Zendesk signs for it with. */
export type InstalledApp = {
  /** The origin of the account, such as `https://acme.zendesk.com`. */
  readonly site: string;
  readonly installation: string;
  /** PEM. */
  readonly publicKey: string;
};

/** What a token may be used for, whatever it says of its own end: Zendesk's are good for five minutes. */
const LONGEST_MS = 10 * 60_000;
/** So far apart the two clocks may be. */
const LEEWAY_MS = 30_000;

const Header = z.object({ alg: z.literal('RS256') });
const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.string().min(1),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number(),
});

/**
 * Whether Zendesk signed this token (a JWT) for somebody who uses the app in its account, and it is still good.
 * @param now milliseconds since 1970
 */
export function checkAppToken(token: string, app: InstalledApp, now: number): 'good' | 'forged' | 'expired' {
  const [header, payload, signature, ...more] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0)
    return 'forged';
  // Before the signature: a token must not choose how it is verified.
  if (!Header.safeParse(partOf(header)).success) return 'forged';
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature, 'base64url'))) return 'forged';
  const { data: claims } = Claims.safeParse(partOf(payload));
  if (claims?.iss !== new URL(app.site).host || claims.aud !== audienceOf(app)) return 'forged';
  const { iat, nbf = iat, exp } = claims;
  if (Math.max(iat, nbf) * 1_000 > now + LEEWAY_MS) return 'forged';
  return now < exp * 1_000 + LEEWAY_MS && now < iat * 1_000 + LONGEST_MS ? 'good' : 'expired';
}

const audienceOf = ({ site, installation }: InstalledApp) =>
  `${site}/api/v2/apps/installations/${installation}.json`;

function partOf(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
