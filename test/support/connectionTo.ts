import { AuthInfo, Connection } from '@salesforce/core';
import type { LocalOrg } from '../org/startOrg.ts';

/** A connection as the CLI's plugins have one, to a local org. */
export async function connectionTo(local: Pick<LocalOrg, 'url' | 'accessToken'>): Promise<Connection> {
  const authInfo = await AuthInfo.create({
    accessTokenOptions: { accessToken: local.accessToken, instanceUrl: local.url, loginUrl: local.url },
  });
  return Connection.create({ authInfo });
}
