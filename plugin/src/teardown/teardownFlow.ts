import type { Connection } from '@salesforce/core';
import { deactivateFlow } from '../org/activateFlow.ts';
import { unassignAll } from '../org/assign.ts';
import { deploy } from '../org/deploy.ts';
import { membersOf } from '../org/manifest.ts';
import type { OrgView } from '../org/orgView.ts';
import { readOrg, type ReadOptions } from '../org/readOrg.ts';
import { retrieve } from '../org/retrieve.ts';
import { literals, queryAll, queryIfKnown } from '../org/soql.ts';
import type { Change } from '../requirements/requirement.ts';
import { teardownPlan, type TeardownPlan } from './teardownPlan.ts';

export type TeardownState = { readonly plan: TeardownPlan; readonly links: number };

/** Reads what of ours the org has, and plans its removal. Writes nothing. */
export async function planTeardown(
  options: Omit<ReadOptions, 'wishes'>,
  recorded: readonly Change[],
): Promise<TeardownState> {
  const { connection, timeoutMs } = options;
  const read = await readOrg({ ...options, wishes: { relaxSessions: false, placeComponents: true } });
  const app = await retrieve(
    connection,
    [{ name: 'ExternalClientApplication', members: ['DeskConnect'] }],
    timeoutMs,
  );
  const view: OrgView = { ...read, present: new Map([...app, ...read.present]) };
  const flows = [...view.flows.ours.keys()].filter((name) => view.wanted.has(`flows/${name}.flow`));
  const versions =
    flows.length === 0
      ? []
      : await queryAll<{ Definition: { DeveloperName: string }; VersionNumber: number }>(
          connection,
          `SELECT Definition.DeveloperName, VersionNumber FROM Flow WHERE Definition.DeveloperName IN (${literals(flows)})`,
          true,
        );
  const links = view.present.has('objects/Desk_Link__c.object')
    ? await queryIfKnown<{ Id: string }>(connection, 'SELECT Id FROM Desk_Link__c LIMIT 50000')
    : [];
  const plan = teardownPlan(
    view,
    recorded,
    versions.map((row) => `${row.Definition.DeveloperName}-${row.VersionNumber}`),
    await configRecords(connection, view),
  );
  return { plan, links: links?.length ?? 0 };
}

/** The records of our custom metadata types, as `Desk_Rule.Case`: a type goes only once it has none. */
async function configRecords(connection: Connection, view: OrgView): Promise<string[]> {
  const types = [...view.wanted.keys()]
    .filter((path) => view.present.has(path))
    .flatMap((path) => /^objects\/(\w+)__mdt\./.exec(path)?.[1] ?? []);
  const records: string[] = [];
  for (const type of types) {
    const rows = await queryIfKnown<{ QualifiedApiName: string }>(
      connection,
      `SELECT QualifiedApiName FROM ${type}__mdt`,
    );
    records.push(...(rows ?? []).map((row) => `${type}.${row.QualifiedApiName}`));
  }
  return records;
}

/** Lets Salesforce validate the removal, as far as it can while the flows are still active. */
export async function carryOut(
  connection: Connection,
  plan: TeardownPlan,
  options: { timeoutMs: number; onStage: (stage: 'Deactivate' | 'Unassign' | 'Remove') => void },
): Promise<void> {
  options.onStage('Deactivate');
  for (const flow of plan.flows) await deactivateFlow(connection, flow);
  options.onStage('Unassign');
  const sets = plan.removed.find((one) => one.name === 'PermissionSet')?.members ?? [];
  if (sets.length > 0) await unassignAll(connection, sets);
  options.onStage('Remove');
  await deploy(
    connection,
    { files: plan.files, members: membersOf(plan.files), removedLast: plan.removed },
    { checkOnly: false, timeoutMs: options.timeoutMs },
  );
}
