import type { Connection } from '@salesforce/core';
import { failure } from './errors.ts';
import { assign } from './org/assign.ts';
import { deploy } from './org/deploy.ts';
import { readOrg } from './org/readOrg.ts';
import { planOf, type Plan } from './plan/plan.ts';
import { REQUIREMENTS } from './requirements/requirements.ts';

export type Stage = 'Check' | 'Validate' | 'Deploy' | 'Assign' | 'Verify';

export type SetupOptions = {
  readonly connection: Connection;
  /** Who the bridge will act as. */
  readonly username: string;
  readonly timeoutMs: number;
  /** Told when a stage begins. */
  readonly onStage: (stage: Stage) => void;
};

/** Reads the org and plans what is to be done. @throws Blocked when something must be done by a person first */
export async function checkOrg(options: SetupOptions): Promise<Plan> {
  options.onStage('Check');
  const plan = planOf(await readOrg(options.connection, options.username, options.timeoutMs), REQUIREMENTS);
  if (plan.blocked.length === 0) return plan;
  const lines = plan.blocked.map(
    ({ requirement, finding }) =>
      `${requirement.title}: ${finding.evidence}. ${'remedy' in finding ? finding.remedy : ''}`,
  );
  throw failure('Blocked', [lines.join('\n')]);
}

/** Lets Salesforce validate the plan; nothing is written. */
export async function validate(plan: Plan, options: SetupOptions): Promise<void> {
  options.onStage('Validate');
  if (plan.files.size > 0)
    await deploy(options.connection, plan.files, { checkOnly: true, timeoutMs: options.timeoutMs });
}

/** Carries the plan out, then checks all requirements again. @throws NotVerified when one still is not met */
export async function apply(plan: Plan, options: SetupOptions): Promise<Plan> {
  const { connection, timeoutMs } = options;
  options.onStage('Deploy');
  if (plan.files.size > 0) await deploy(connection, plan.files, { checkOnly: false, timeoutMs });
  options.onStage('Assign');
  for (const change of plan.changes) {
    if (change.kind !== 'assign') continue;
    const { user } = await readOrg(connection, change.username, timeoutMs);
    await assign(connection, change.permissionSet, user.id);
  }
  options.onStage('Verify');
  const after = planOf(await readOrg(connection, options.username, timeoutMs), REQUIREMENTS);
  const left = after.checked.filter(
    ({ finding }) => finding.state === 'missing' || finding.state === 'blocked',
  );
  if (left.length > 0)
    throw failure('NotVerified', [
      left.map(({ requirement, finding }) => `${requirement.title}: ${finding.evidence}`).join('\n'),
    ]);
  return after;
}
