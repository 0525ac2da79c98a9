import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { forOrg } from '@desk-connect/plugin/merge/permissionSet.js';
import type { Connection } from '@jsforce/jsforce-node';
import { applyComponent } from '../org/metadata/applyMetadata.ts';
import { startOrg, type LocalOrg, type OrgOptions } from '../org/startOrg.ts';
import { clientOf } from './clientOf.ts';
import { ourPackage } from './ourPackage.ts';

const SOURCE = fileURLToPath(new URL('../../force-app', import.meta.url));
const PERMISSION_SET = 'Desk_Connect_Integration';

/** A local org with our metadata deployed and the permission set assigned to its user, without the CLI. */
export async function startPreparedOrg(options: OrgOptions = {}): Promise<LocalOrg> {
  const local = await startOrg(options);
  try {
    await prepare(local);
    return local;
  } catch (error) {
    await local.close();
    throw error;
  }
}

/** Deploys our metadata to an org and assigns the permission set to its user. */
export async function prepare(local: LocalOrg): Promise<void> {
  const { org, username } = local;
  const connection = clientOf(local);
  // The local org is done long before jsforce would ask for the first time.
  connection.metadata.pollInterval = 20;
  const job = connection.metadata.deploy(await ourPackage(), {
    rollbackOnError: true,
    singlePackage: true,
  });
  const result = await job.complete(true);
  if (!result.success)
    throw new Error(
      `Our metadata was refused: ${JSON.stringify(result.details?.componentFailures, null, 2)}`,
    );
  await activateFlows(connection);
  addCaseStatuses(org);
  if (org.schema.field('Account', 'IsPersonAccount')) grantPersons(org, username);
  assign(org, PERMISSION_SET, org.userId(username));
}

/** What setup adds to the permission set where the org has person accounts. */
function grantPersons(org: LocalOrg['org'], username: string): void {
  const path = `${SOURCE}/main/default/permissionsets/${PERMISSION_SET}.permissionset-meta.xml`;
  const columns = [...(org.schema.object('PermissionSet')?.fields.keys() ?? [])];
  const file = forOrg(readFileSync(path, 'utf8'), {
    personAccounts: true,
    platformEvents: true,
    customMetadata: true,
    recordTypes: ['Account.PersonAccount'],
    userPermissions: new Set(columns.map((name) => name.replace(/^Permissions/, ''))),
  });
  org.records.transact(org.userId(username), null, () =>
    applyComponent(org, { type: 'PermissionSet', name: PERMISSION_SET, file: Buffer.from(file) }),
  );
}

/** In production, flows arrive inactive. */
async function activateFlows(connection: Connection): Promise<void> {
  const { records } = await connection.tooling.query<{ Id: string }>('SELECT Id FROM FlowDefinition');
  for (const { Id } of records)
    await connection.request({
      method: 'PATCH',
      url: `/services/data/v65.0/tooling/sobjects/FlowDefinition/${Id}`,
      body: JSON.stringify({ Metadata: { activeVersionNumber: 1 } }),
      headers: { 'content-type': 'application/json' },
    });
}

/** The statuses that setup merges in. */
function addCaseStatuses(org: LocalOrg['org']): void {
  const status = org.schema.field('Case', 'Status');
  if (!status) return;
  const added = ['Open', 'Pending', 'Resolved'].map((value) => ({
    value,
    label: value,
    active: true,
    default: false,
    closed: false,
  }));
  org.schema.putField('Case', { ...status, picklist: [...status.picklist, ...added] });
}

export function assign(org: LocalOrg['org'], permissionSet: string, userId: string): void {
  const object = org.schema.object('PermissionSetAssignment');
  const set = [...org.records.rows('PermissionSet').values()].find((row) => row['Name'] === permissionSet);
  if (!object || !set) throw new Error(`No permission set ${permissionSet}`);
  org.records.transact(userId, null, () =>
    org.records.insert(object, { AssigneeId: userId, PermissionSetId: set.Id }),
  );
}
