import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { Account } from './account.ts';
import type { Manifest } from './appPackage.ts';
import type { Stamped, User } from './records.ts';

export type App = Stamped & {
  name: string;
  manifest: Manifest;
  /** PEM. */
  readonly publicKey: string;
  readonly privateKey: string;
};
export type Installation = Stamped & {
  readonly app_id: number;
  enabled: boolean;
  settings: Readonly<Record<string, unknown>>;
};

/** How long a signed token is good, in seconds. */
const GOOD_S = 300;

export function newKeys(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** Where the frame of an app leads, with what the framework adds. */
export function frameUrl({ url }: Account, { manifest }: App, guid: string): string {
  const address = new URL(manifest.ticketSidebar);
  address.searchParams.set('origin', url);
  address.searchParams.set('app_guid', guid);
  return address.href;
}

export const newGuid = () => randomUUID();

/** What the POST to a frame's address carries: that this user opens this installation, signed. */
export function tokenFor(
  { state, url }: Account,
  { app, installation, user, query }: { app: App; installation: Installation; user: User; query: string },
): string {
  const now = Math.floor(state.now() / 1_000);
  const claims = {
    exp: now + GOOD_S,
    nbf: now,
    iss: new URL(url).host,
    aud: `${url}/api/v2/apps/installations/${installation.id}.json`,
    iat: now,
    sub: `${url}/api/v2/users/${user.id}.json`,
    cnf: { jku: `${url}/api/v2/apps/${app.id}/public_key.pem` },
    qsh: createHash('sha256').update(query).digest('hex'),
    context: { product: 'support', location: 'ticket_sidebar' },
  };
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encoded({ typ: 'JWT', alg: 'RS256' })}.${encoded(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), app.privateKey).toString('base64url')}`;
}
