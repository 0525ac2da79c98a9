import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { failure } from '../errors.ts';
import { describeChange, type ChangeLine } from './describeChange.ts';
import type { Plan } from './plan.ts';

const VERSION = 1;

/** A plan as it is kept in a file: what would be done to which org, and a digest that tells whether it still would. */
export type SavedPlan = {
  readonly version: typeof VERSION;
  readonly orgId: string;
  readonly integrationUser: string;
  readonly wishes: { readonly relaxSessions: boolean; readonly placeComponents: boolean };
  readonly changes: readonly ChangeLine[];
  readonly files: Readonly<Record<string, string>>;
  readonly digest: string;
};

/** The same for two plans exactly when they would do the same: every file to the byte, and everything besides. */
export function digestOf(plan: Plan): string {
  const files = [...plan.files].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify({ files, changes: plan.changes.map(describeChange) }))
    .digest('hex');
}

export function savePlan(
  path: string,
  plan: Plan,
  head: Pick<SavedPlan, 'orgId' | 'integrationUser' | 'wishes'>,
): void {
  const saved: SavedPlan = {
    version: VERSION,
    ...head,
    changes: plan.changes.map(describeChange),
    files: Object.fromEntries(plan.files),
    digest: digestOf(plan),
  };
  writeFileSync(path, `${JSON.stringify(saved, null, 2)}\n`, { mode: 0o600 });
}

/** @throws PlanUnreadable when the file is no plan of this version */
export function readPlan(path: string): SavedPlan {
  let saved: Partial<SavedPlan>;
  try {
    saved = JSON.parse(readFileSync(path, 'utf8')) as Partial<SavedPlan>;
  } catch (error) {
    throw failure('PlanUnreadable', [path, error instanceof Error ? error.message : String(error)]);
  }
  const { version, orgId, integrationUser, digest, wishes } = saved ?? {};
  if (version !== VERSION || typeof orgId !== 'string' || typeof digest !== 'string')
    throw failure('PlanUnreadable', [path, 'it is not a plan that this version of the plugin wrote']);
  const wished: unknown[] = [wishes?.relaxSessions, wishes?.placeComponents];
  if (typeof integrationUser !== 'string' || wished.some((wish) => typeof wish !== 'boolean'))
    throw failure('PlanUnreadable', [path, 'it does not say for whom it is']);
  return saved as SavedPlan;
}
