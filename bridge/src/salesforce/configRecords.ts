import { RequestFailed } from '../core/failure.ts';
import { CONFIG_TYPES, configQuery } from '../core/config/configRecords.ts';
import { fromRows, type ConfigRow } from '../core/config/configRows.ts';
import type { OrgConfig } from '../ports/org.ts';
import { requestFailure, unexpectedAnswer, type SalesforceProblem } from './failures.ts';
import type { Session } from './session.ts';

type Page = { readonly records: readonly ConfigRow[]; readonly nextRecordsUrl?: string };
type Answer = {
  readonly compositeResponse: readonly { readonly body: unknown; readonly httpStatusCode: number }[];
};

/**
 * The config that the org has in custom metadata, in one call where no type has more than 2,000 records; `none` where
 * it has not the types, or does not show them to the user. @throws RequestFailed where only a part of it can be read: half a config is none
 */
export async function readConfig(session: Session): Promise<OrgConfig> {
  const base = `/services/data/v${session.apiVersion}/query?q=`;
  // A batch would count each of its queries as a call; a composite request counts as one.
  const { compositeResponse } = await session.request<Answer>('POST', '/composite', {
    allOrNone: false,
    compositeRequest: CONFIG_TYPES.map((type) => ({
      method: 'GET',
      url: base + encodeURIComponent(configQuery(type)),
      referenceId: type,
    })),
  });
  const [sync, rules, mappings, values] = compositeResponse;
  if (!sync || !rules || !mappings || !values) throw unexpectedAnswer('composite request');
  if (compositeResponse.every(({ body }) => isUnknownType(body))) return { kind: 'none' };
  const rows = {
    Desk_Sync: await rowsOf(session, sync),
    Desk_Rule: await rowsOf(session, rules),
    Desk_Mapping: await rowsOf(session, mappings),
    Desk_Value: await rowsOf(session, values),
  };
  return { kind: 'found', ...fromRows(rows) };
}

function isUnknownType(body: unknown): boolean {
  const [problem] = Array.isArray(body) ? (body as SalesforceProblem[]) : [];
  return problem?.errorCode === 'INVALID_TYPE';
}

async function rowsOf(
  session: Session,
  { body, httpStatusCode }: Answer['compositeResponse'][number],
): Promise<ConfigRow[]> {
  if (httpStatusCode >= 300)
    throw new RequestFailed(requestFailure(httpStatusCode, JSON.stringify(body), null));
  let page = body as Page | null;
  const rows: ConfigRow[] = [];
  for (;;) {
    if (!Array.isArray(page?.records)) throw unexpectedAnswer('query');
    rows.push(...page.records);
    if (!page.nextRecordsUrl) return rows;
    page = await session.request<Page | null>('GET', page.nextRecordsUrl);
  }
}
