import { literal } from '@desk-connect/bridge/salesforce/soql.js';
import type { Connection } from '@salesforce/core';

export const literals = (texts: Iterable<string>) => [...texts].map(literal).join(', ');

type Answer<T> = { records: T[]; done?: boolean; nextRecordsUrl?: string };

/** All rows of a query, through all its pages; by the Tooling API where `tooling` says so. */
export async function queryAll<T extends object>(
  connection: Connection,
  soql: string,
  tooling = false,
): Promise<T[]> {
  const api = tooling ? connection.tooling : connection;
  const rows: T[] = [];
  let page: Answer<T> = await api.query<T>(soql);
  for (;;) {
    rows.push(...page.records);
    if (page.done !== false || page.nextRecordsUrl === undefined) return rows;
    page = await api.queryMore<T>(page.nextRecordsUrl);
  }
}

/** As `queryAll`; none where the org does not know the object, because the edition lacks the feature. */
export async function queryIfKnown<T extends object>(
  connection: Connection,
  soql: string,
  tooling = false,
): Promise<T[] | null> {
  try {
    return await queryAll<T>(connection, soql, tooling);
  } catch (error) {
    if ((error as { errorCode?: string }).errorCode === 'INVALID_TYPE') return null;
    throw error;
  }
}
