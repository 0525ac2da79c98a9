import * as z from 'zod';
import { RequestFailed } from '../core/failure.ts';
import { CONFIG_TYPES, configQuery } from '../core/config/configRecords.ts';
import { fromRows, type ConfigRow } from '../core/config/configRows.ts';
import type { OrgConfig } from '../ports/org.ts';
import { expected } from './expected.ts';
import { codeOf, requestFailure, unexpectedAnswer } from './failures.ts';
import type { Session } from './session.ts';

const Row = z.looseObject({ DeveloperName: z.string() });
const Page = z.object({ records: z.array(Row), nextRecordsUrl: z.string().nullish() });
const Part = z.object({ body: z.unknown(), httpStatusCode: z.number() });
const Answer = z.object({ compositeResponse: z.array(Part) });

/**
 * The config that the org has in custom metadata, in one call where no type has more than 2,000 records; `none` where
 * it has not the types, or does not show them to the user. @throws RequestFailed where only a part of it can be read: half a config is none
 */
export async function readConfig(session: Session): Promise<OrgConfig> {
  const base = `/services/data/v${session.apiVersion}/query?q=`;
  // A batch would count each of its queries as a call; a composite request counts as one.
  const answer = await session.request('POST', '/composite', {
    allOrNone: false,
    compositeRequest: CONFIG_TYPES.map((type) => ({
      method: 'GET',
      url: base + encodeURIComponent(configQuery(type)),
      referenceId: type,
    })),
  });
  const { compositeResponse } = expected(Answer, answer, 'composite request');
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
  const [problem] = Array.isArray(body) ? (body as unknown[]) : [];
  return codeOf(problem) === 'INVALID_TYPE';
}

async function rowsOf(
  session: Session,
  { body, httpStatusCode }: z.infer<typeof Part>,
): Promise<ConfigRow[]> {
  if (httpStatusCode >= 300)
    throw new RequestFailed(requestFailure(httpStatusCode, JSON.stringify(body), null));
  let page = expected(Page, body, 'query');
  const rows: ConfigRow[] = [];
  for (;;) {
    rows.push(...page.records);
    const { nextRecordsUrl } = page;
    if (!nextRecordsUrl) return rows;
    page = expected(Page, await session.request('GET', nextRecordsUrl), 'query');
    // The same page again would come for ever.
    if (page.nextRecordsUrl === nextRecordsUrl) throw unexpectedAnswer('query');
  }
}
