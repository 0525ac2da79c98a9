import { readFileSync, writeFileSync } from 'node:fs';
import type { Describes } from '@desk-connect/bridge/core/config/describes.js';
import type { SyncConfig } from '@desk-connect/bridge/core/config/syncConfig.js';
import { VOCABULARIES } from '@desk-connect/bridge/core/vocabulary/vocabularies.js';
import {
  DESK_KINDS,
  type DeskKind,
  type Vocabulary,
} from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import { isConfigured } from '../bridge/bridgeFiles.ts';
import { deskKind } from '../bridge/deskKind.ts';
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

/** The words of the help desk that it is about; asks nobody. @throws DescribeUnreadable */
export function vocabularyOf({ file, configDir }: DescribeSource): Vocabulary {
  return file === null ? VOCABULARIES[deskKind(configDir)] : savedDescribes(file).vocabulary;
}

/** Files that older releases saved name no kind: they are Desk's. */
type Saved = Partial<Omit<Describes, 'vocabulary'>> & { readonly version?: number; readonly kind?: DeskKind };

function savedDescribes(path: string): Describes {
  try {
    const { version, salesforce, desk, kind = 'desk' } = JSON.parse(readFileSync(path, 'utf8')) as Saved;
    if (version !== 1 || !salesforce || !desk || !DESK_KINDS.includes(kind))
      throw new Error('it holds something else');
    return { salesforce, desk, vocabulary: VOCABULARIES[kind] };
  } catch (error) {
    throw failure('DescribeUnreadable', [path, error instanceof Error ? error.message : String(error)]);
  }
}

/** Keeps what both sides say, for checks without them. It holds names and types, and no records. */
export function saveDescribes(path: string, { vocabulary: { kind }, salesforce, desk }: Describes): void {
  const saved = { version: 1, kind, salesforce, desk } satisfies Saved;
  writeFileSync(path, `${JSON.stringify(saved, null, 1)}\n`);
}
