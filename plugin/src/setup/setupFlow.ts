import { failure } from '../errors.ts';
import { activateFlow } from '../org/activateFlow.ts';
import { assign } from '../org/assign.ts';
import { deploy } from '../org/deploy.ts';
import { membersOf } from '../org/manifest.ts';
import { readOrg, type ReadOptions } from '../org/readOrg.ts';
import { isUnmet, planOf, type Checked, type Plan } from '../plan/plan.ts';
import { REQUIREMENTS } from '../requirements/requirements.ts';

export type Stage = 'Check' | 'Validate' | 'Deploy' | 'Activate' | 'Assign' | 'Verify';

export type SetupOptions = ReadOptions & {
  /** Told when a stage begins. */
  readonly onStage: (stage: Stage) => void;
};

/** Reads the org and plans what is to be done. @throws Blocked when something must be done by a person first */
export async function checkOrg(options: SetupOptions): Promise<Plan> {
  options.onStage('Check');
  const plan = planOf(await readOrg(options), REQUIREMENTS);
  if (plan.blocked.length > 0) throw failure('Blocked', [plan.blocked.map(inWords).join('\n')]);
  return plan;
}

/** Lets Salesforce validate the plan; nothing is written. */
export async function validate(plan: Plan, options: SetupOptions): Promise<void> {
  options.onStage('Validate');
  await deploy(options.connection, contentOf(plan), { checkOnly: true, timeoutMs: options.timeoutMs });
}

/**
 * Carries the plan out: one deployment, whole or not at all, then what no deployment can do, then all checks again.
 * Each step may be repeated, so a run that was interrupted is run again.
 * @throws NotVerified when something is still not met
 */
export async function apply(plan: Plan, options: SetupOptions): Promise<Plan> {
  const { connection, timeoutMs } = options;
  options.onStage('Deploy');
  await deploy(connection, contentOf(plan), { checkOnly: false, timeoutMs });
  options.onStage('Activate');
  for (const change of plan.changes)
    if (change.kind === 'activateFlow') await activateFlow(connection, change.flow);
  options.onStage('Assign');
  for (const change of plan.changes)
    if (change.kind === 'assign') await assign(connection, change.permissionSet, change.username);
  options.onStage('Verify');
  const after = planOf(await readOrg(options), REQUIREMENTS);
  const left = after.checked.filter(isUnmet);
  if (left.length > 0) throw failure('NotVerified', [left.map(inWords).join('\n')]);
  return after;
}

const contentOf = (plan: Plan) => ({ files: plan.files, members: membersOf(plan.files) });

const inWords = ({ requirement, finding }: Checked) =>
  `${requirement.title}: ${finding.evidence}${'remedy' in finding ? `\n  ${finding.remedy}` : ''}`;
