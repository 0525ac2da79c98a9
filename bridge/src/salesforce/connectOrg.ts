import type { Org, OrgEvents } from '../ports/org.ts';
import { linksHaveCause } from './links.ts';
import { orgEventsOver } from './orgEvents.ts';
import { orgOverRest } from './orgOverRest.ts';
import { findPersonAccounts } from './personAccounts.ts';
import { Session, type SessionOptions } from './session.ts';

export type OrgConnection = {
  readonly org: Org;
  readonly events: OrgEvents;
  readonly orgId: string;
  close(): void;
};

/** Logs in to an org and gives its records and its events. @throws RequestFailed when the log-in fails */
export async function connectOrg(
  options: SessionOptions & { readonly pubsubUrl: string; readonly silenceMs?: number },
): Promise<OrgConnection> {
  const session = await Session.open(options);
  const [personAccounts, hasCause] = await Promise.all([
    findPersonAccounts(session),
    linksHaveCause(session),
  ]);
  const stream = orgEventsOver(session, {
    url: options.pubsubUrl,
    ...(options.silenceMs === undefined ? {} : { silenceMs: options.silenceMs }),
  });
  return {
    org: orgOverRest(session, options.now ?? Date.now, personAccounts, hasCause),
    events: stream.events,
    orgId: session.orgId,
    close: () => stream.close(),
  };
}
