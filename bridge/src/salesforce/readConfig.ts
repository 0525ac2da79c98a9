import { z } from 'zod';
import { CONFIG_TYPES, RULE_FIELDS, type ConfigType } from '../core/config/configRecords.ts';
import { fromRows, type ConfigRow, type ConfigRows } from '../core/config/configRows.ts';
import { RequestFailed } from '../core/failure.ts';
import type { StoredConfig } from '../ports/org.ts';
import { requestFailure, unexpectedAnswer } from './failures.ts';
import type { Session } from './session.ts';

const COLUMNS: Readonly<Record<ConfigType, readonly string[]>> = {
  Desk_Sync: ['Enabled__c'],
  Desk_Rule: ['Pair__c', ...Object.values(RULE_FIELDS)],
  Desk_Mapping: ['Pair__c', 'Salesforce_Field__c', 'Desk_Field__c', 'Direction__c', 'Owner__c', 'Display__c'],
  Desk_Value: ['Mapping__c', 'Salesforce_Value__c', 'Desk_Value__c', 'Position__c'],
};

const Answer = z.object({
  results: z.array(z.object({ statusCode: z.number(), result: z.unknown() })).length(CONFIG_TYPES.length),
});
const Page = z.object({
  records: z.array(z.looseObject({ DeveloperName: z.string() })),
  nextRecordsUrl: z.string().optional(),
});

/** The queries that the config is read by. */
export function configQueries(): Readonly<Record<ConfigType, string>> {
  return Object.fromEntries(
    CONFIG_TYPES.map((type) => [type, `SELECT DeveloperName, ${COLUMNS[type].join(', ')} FROM ${type}__mdt`]),
  ) as Record<ConfigType, string>;
}

/**
 * The config that stands in the org's custom metadata, in one call as long as it is short. Where the org has no such
 * types, or shows none of them, there is none.
 */
export async function readConfig(session: Session): Promise<StoredConfig> {
  const queries = configQueries();
  const version = `v${session.apiVersion}`;
  const answer = Answer.safeParse(
    await session.request('POST', '/composite/batch', {
      batchRequests: CONFIG_TYPES.map((type) => ({
        method: 'GET',
        url: `${version}/query?q=${encodeURIComponent(queries[type])}`,
      })),
    }),
  );
  if (!answer.success) throw unexpectedAnswer('batch');
  const { results } = answer.data;
  const failed = results.find(({ statusCode }) => statusCode >= 300);
  if (failed) {
    const failure = requestFailure(failed.statusCode, JSON.stringify(failed.result), null);
    if (failure.code === 'INVALID_TYPE') return { kind: 'none' };
    throw new RequestFailed(failure);
  }
  const rows: Record<string, readonly ConfigRow[]> = {};
  for (const [index, type] of CONFIG_TYPES.entries())
    rows[type] = await allRows(session, results[index]?.result);
  return { kind: 'found', ...fromRows(rows as ConfigRows) };
}

async function allRows(session: Session, first: unknown): Promise<ConfigRow[]> {
  const page = Page.safeParse(first);
  if (!page.success) throw unexpectedAnswer('query');
  const { records, nextRecordsUrl } = page.data;
  if (nextRecordsUrl === undefined) return records;
  return [...records, ...(await allRows(session, await session.request('GET', nextRecordsUrl)))];
}
