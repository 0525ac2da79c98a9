import { Connection } from '@jsforce/jsforce-node';
import type { LocalOrg } from '../org/startOrg.ts';

/** A client of a local org as any program has one; `accessToken`: of another user than the org's own. */
export function clientOf(
  { url, accessToken }: Pick<LocalOrg, 'url' | 'accessToken'>,
  token = accessToken,
): Connection {
  return new Connection({ instanceUrl: url, accessToken: token, loginUrl: url, version: '65.0' });
}
