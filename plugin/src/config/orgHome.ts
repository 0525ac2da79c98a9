import type { Connection } from '@salesforce/core';
import {
  CONFIG_TYPES,
  configQuery,
  toRecords,
  type ConfigRecord,
} from '@desk-connect/bridge/core/config/configRecords.js';
import { fromRows, type ConfigRow, type ConfigRows } from '@desk-connect/bridge/core/config/configRows.js';
import { failure } from '../errors.ts';
import { deploy } from '../org/deploy.ts';
import { membersOf } from '../org/manifest.ts';
import { queryIfKnown } from '../org/soql.ts';
import type { ConfigHome } from './configHome.ts';
import { recordFile } from './recordFile.ts';

/** The custom metadata of an org. Records that say what they said are left alone. */
export function orgHome(connection: Connection, timeoutMs: number): ConfigHome {
  return {
    name: 'custom metadata in Salesforce',
    read: async () => fromRows(await rowsOf(connection)),
    write: async (config) => {
      const rows = await rowsOf(connection);
      const wanted = toRecords(config);
      const changed = wanted.filter((record) => !isThere(record, rows));
      const files = new Map(changed.map((record) => [pathOf(record), recordFile(record)]));
      const names = new Set(wanted.map(nameOf));
      const removed = CONFIG_TYPES.flatMap((type) =>
        rows[type].map(({ DeveloperName }) => `${type}.${DeveloperName}`).filter((name) => !names.has(name)),
      );
      await deploy(
        connection,
        {
          files,
          members: membersOf(files),
          ...(removed.length > 0 ? { removedLast: [{ name: 'CustomMetadata', members: removed }] } : {}),
        },
        { checkOnly: false, timeoutMs },
      );
    },
  };
}

/** @throws ConfigTypesMissing where setup has not deployed them, or the edition has none */
async function rowsOf(connection: Connection): Promise<ConfigRows> {
  const found: Record<string, readonly ConfigRow[]> = {};
  for (const type of CONFIG_TYPES) {
    const rows = await queryIfKnown<ConfigRow>(connection, configQuery(type));
    if (rows === null) throw failure('ConfigTypesMissing');
    found[type] = rows;
  }
  return found as ConfigRows;
}

const nameOf = ({ type, developerName }: ConfigRecord) => `${type}.${developerName}`;
const pathOf = (record: ConfigRecord) => `customMetadata/${nameOf(record)}.md`;

function isThere({ type, developerName, values }: ConfigRecord, rows: ConfigRows): boolean {
  const row = rows[type].find(({ DeveloperName }) => DeveloperName === developerName);
  return (
    row !== undefined && Object.entries(values).every(([field, value]) => (row[field] ?? null) === value)
  );
}
