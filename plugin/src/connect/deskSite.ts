import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { DESK_KINDS, type DeskKind } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import { credentialsIn, logInsInWords, unusable } from '@desk-connect/bridge/desks/credentials.js';
import { DESKS } from '@desk-connect/bridge/desks/desks.js';
import type { DeskSite } from '@desk-connect/bridge/desks/deskType.js';
import { failure } from '../errors.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'desk');

/** Flags of every command that goes to a help desk without the files of the bridge. */
export const DESK_FLAGS = {
  desk: Flags.option({
    options: DESK_KINDS,
    default: 'desk' as DeskKind,
    env: 'DESKCONNECT_DESK',
    summary: messages.getMessage('flags.desk.summary'),
  })(),
  'desk-url': Flags.url({ required: true, summary: messages.getMessage('flags.desk-url.summary') }),
};

export type DeskFlags = { readonly desk: DeskKind; readonly 'desk-url': URL };

/** The help desk as people call it. */
export const titleOf = ({ kind }: Pick<DeskSite, 'kind'>): string => DESKS[kind].vocabulary.title;

/**
 * The site that the flags name; the credentials come from the environment, never from flags: those show in the list
 * of processes.
 * @throws CredentialsMissing, or DeskRefused for a token that cannot be sent
 */
export function deskSite(flags: DeskFlags, environment: NodeJS.ProcessEnv): DeskSite {
  const kind = flags.desk;
  const credentials = credentialsIn(environment, DESKS[kind]);
  if (credentials === null)
    throw failure('CredentialsMissing', [titleOf({ kind })], [logInsInWords(DESKS[kind])]);
  const url = flags['desk-url'].href.replace(/\/$/, '');
  const [wrong] = unusable(credentials, DESKS[kind]);
  if (wrong !== undefined) throw failure('DeskRefused', [url, wrong]);
  return { kind, url, credentials };
}

/** One call to the desk with these credentials. Returns whom it takes us for. @throws DeskRefused, DeskUserUnfit */
export async function tryDesk(site: DeskSite): Promise<string> {
  const { name, lacks } = await DESKS[site.kind].whoami(site).catch((error: unknown) => {
    throw failure('DeskRefused', [site.url, error instanceof Error ? error.message : String(error)]);
  });
  if (lacks !== null) throw failure('DeskUserUnfit', [titleOf(site), name, lacks.why], [lacks.remedy]);
  return name;
}
