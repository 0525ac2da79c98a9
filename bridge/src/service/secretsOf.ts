import { secretsOfSite } from '../desks/credentials.ts';
import { DESKS } from '../desks/desks.ts';
import type { Config } from './config.ts';

/** The secrets that a configuration holds, so that nothing prints them. */
export function secretsOf({ salesforce, desk, hook, widget, store }: Config): string[] {
  const { auth } = salesforce;
  return [
    auth.kind === 'jwt' ? auth.privateKey : auth.accessToken,
    ...secretsOfSite(desk, DESKS[desk.kind]),
    ...[hook, widget].flatMap((shared) =>
      [shared?.secret, shared?.previousSecret].flatMap((secret) =>
        typeof secret === 'string' ? [secret, ...eachOf(secret)] : [],
      ),
    ),
    ...(store.kind === 'postgres' ? [decodeURIComponent(new URL(store.url).password)] : []),
  ];
}

/** A secret may be several, with blanks between them; what is short is a word, and no secret. */
const eachOf = (secret: string) => secret.split(/\s+/).filter((one) => one.length >= 16);
