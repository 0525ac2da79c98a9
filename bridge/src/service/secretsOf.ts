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
      [shared?.secret, shared?.previousSecret].filter((secret) => typeof secret === 'string'),
    ),
    ...(store.kind === 'postgres' ? [decodeURIComponent(new URL(store.url).password)] : []),
  ];
}
