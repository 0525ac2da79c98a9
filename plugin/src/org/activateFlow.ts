import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import { literal } from '@desk-connect/bridge/salesforce/soql.js';
import { queryAll } from './soql.ts';

type Row = { Id: string; LatestVersion: { VersionNumber: number } | null };

/** Makes the newest version of a flow the active one. @throws FlowNotActivated in Salesforce's own words */
export async function activateFlow(connection: Connection, name: string): Promise<void> {
  await setActiveVersion(connection, name, (row) => row.LatestVersion?.VersionNumber ?? 0);
}

/** Leaves a flow without an active version. */
export async function deactivateFlow(connection: Connection, name: string): Promise<void> {
  await setActiveVersion(connection, name, () => 0);
}

async function setActiveVersion(
  connection: Connection,
  name: string,
  versionOf: (row: Row) => number,
): Promise<void> {
  const [row] = await queryAll<Row>(
    connection,
    `SELECT Id, LatestVersion.VersionNumber FROM FlowDefinition WHERE DeveloperName = ${literal(name)}`,
    true,
  );
  if (!row) throw failure('FlowNotActivated', [name, 'it is not in the org']);
  try {
    await connection.request({
      method: 'PATCH',
      url: `${connection.baseUrl()}/tooling/sobjects/FlowDefinition/${row.Id}`,
      body: JSON.stringify({ Metadata: { activeVersionNumber: versionOf(row) } }),
      headers: { 'content-type': 'application/json' },
    });
  } catch (error) {
    throw failure('FlowNotActivated', [name, error instanceof Error ? error.message : String(error)]);
  }
}
