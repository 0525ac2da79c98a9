import { readFileSync, writeFileSync } from 'node:fs';
import type { Describes } from '@desk-connect/bridge/core/config/describes.js';
import type { SyncConfig } from '@desk-connect/bridge/core/config/syncConfig.js';
import { isConfigured } from '../bridge/bridgeFiles.ts';
import { failure } from '../errors.ts';

/** Where what both sides say of their fields comes from. */
export type DescribeSource = {
  /** A file that was saved; null: both sides are asked, as the bridge's user. */
  readonly file: string | null;
  readonly configDir: string;
};

/**
 * What both sides say of their fields, as the bridge sees them: its rights count, not those of whoever sets it up.
 * @throws DescribeUnreadable, NotConnected, or what a side throws that does not answer
 */
export async function readDescribes(source: DescribeSource, config: SyncConfig): Promise<Describes> {
  if (source.file !== null) return savedDescribes(source.file);
  if (!isConfigured(source.configDir)) throw failure('NotConnected');
  // The clients of both sides: only who asks them loads them.
  const [{ bridgeConfig }, { connectOrg }, { DESKS }, { describeSides }] = await Promise.all([
    import('../bridge/bridgeConfig.ts'),
    import('@desk-connect/bridge/salesforce/connectOrg.js'),
    import('@desk-connect/bridge/desks/desks.js'),
    import('@desk-connect/bridge/service/describeSides.js'),
  ]);
  const {
    salesforce,
    desk: { rules, ...site },
  } = bridgeConfig(source.configDir);
  const connection = await connectOrg(salesforce);
  const stop = new AbortController();
  try {
    const desk = DESKS[site.kind].open(site, { rules, signal: stop.signal });
    return await describeSides(connection.org, desk, config);
  } finally {
    stop.abort();
    connection.close();
  }
}

function savedDescribes(path: string): Describes {
  try {
    const saved = JSON.parse(readFileSync(path, 'utf8')) as Partial<Describes> & { version?: number };
    if (saved.version !== 1 || !saved.salesforce || !saved.desk) throw new Error('it holds something else');
    return { salesforce: saved.salesforce, desk: saved.desk };
  } catch (error) {
    throw failure('DescribeUnreadable', [path, error instanceof Error ? error.message : String(error)]);
  }
}

/** Keeps what both sides say, for checks without them. It holds names and types, and no records. */
export function saveDescribes(path: string, describes: Describes): void {
  writeFileSync(path, `${JSON.stringify({ version: 1, ...describes }, null, 1)}\n`);
}
