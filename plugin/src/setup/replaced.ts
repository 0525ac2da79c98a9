import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import type { Change } from '../requirements/requirement.ts';

/** What a setup changed of an org's own metadata, and what stood there before. */
export type Replaced = {
  readonly orgId: string;
  readonly at: string;
  readonly changes: readonly Change[];
  /** The files that were deployed over, as they were. */
  readonly before: Readonly<Record<string, string>>;
};

const folderOf = (dataFolder: string, orgId: string) => join(dataFolder, 'deskconnect', orgId);

/** Keeps what is about to be replaced, so that teardown can take back what was added. Returns where. */
export function saveReplaced(dataFolder: string, orgId: string, plan: Plan, now: Date): string {
  const folder = folderOf(dataFolder, orgId);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const replaced: Replaced = {
    orgId,
    at: now.toISOString(),
    changes: plan.changes,
    before: Object.fromEntries(plan.before),
  };
  const path = join(folder, `${replaced.at.replaceAll(':', '-')}.json`);
  writeFileSync(path, `${JSON.stringify(replaced, null, 2)}\n`, { mode: 0o600 });
  return path;
}

/** All that setups of that org have kept on this machine, the oldest first. */
export function readReplaced(dataFolder: string, orgId: string): Replaced[] {
  const folder = folderOf(dataFolder, orgId);
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
  return names.sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Replaced);
}
