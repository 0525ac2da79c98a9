import type { Connection } from '@salesforce/core';
import type { ObjectRight, UserAccess } from './orgView.ts';
import { literal } from '@desk-connect/bridge/salesforce/soql.js';
import { literals, queryAll } from './soql.ts';

type Rights = Readonly<Record<`Permissions${string}`, boolean>>;

/** Objects that the integration user works with, and those whose fields it needs. */
const OBJECTS = [
  'Account',
  'Contact',
  'Case',
  'Desk_Link__c',
  'Desk_Log__c',
  'Desk_Bridge__c',
  'Desk_Signal__e',
];
const WITH_FIELDS = [...OBJECTS, 'Task', 'Event'];
const RIGHTS: Readonly<Record<ObjectRight, string>> = {
  Read: 'PermissionsRead',
  Create: 'PermissionsCreate',
  Edit: 'PermissionsEdit',
  Delete: 'PermissionsDelete',
  ViewAll: 'PermissionsViewAllRecords',
  ModifyAll: 'PermissionsModifyAllRecords',
};
export const RIGHT_NAMES = Object.keys(RIGHTS) as ObjectRight[];

/** What a user may do: the sum of the permission sets assigned, the profile's own among them. */
export async function readAccess(
  connection: Connection,
  userId: string,
  userPermissions: ReadonlySet<string>,
): Promise<{ access: UserAccess; permissionSets: string[] }> {
  const asked = [...userPermissions].map((name) => `PermissionSet.Permissions${name}`);
  const sets = await queryAll<{ PermissionSetId: string; PermissionSet: { Name: string } & Rights }>(
    connection,
    `SELECT ${['PermissionSetId', 'PermissionSet.Name', ...asked].join(', ')} FROM PermissionSetAssignment WHERE AssigneeId = ${literal(userId)}`,
  );
  const parents = literals(sets.map((set) => set.PermissionSetId));
  const [objects, fields] =
    sets.length === 0
      ? [[], []]
      : await Promise.all([
          queryAll<{ SobjectType: string } & Rights>(
            connection,
            `SELECT SobjectType, ${Object.values(RIGHTS).join(', ')} FROM ObjectPermissions WHERE ParentId IN (${parents}) AND SobjectType IN (${literals(OBJECTS)})`,
          ),
          queryAll<{ Field: string }>(
            connection,
            `SELECT Field FROM FieldPermissions WHERE ParentId IN (${parents}) AND SobjectType IN (${literals(WITH_FIELDS)}) AND PermissionsEdit = true`,
          ),
        ]);
  const permissions = new Set(
    [...userPermissions].filter((name) => sets.some((set) => set.PermissionSet[`Permissions${name}`])),
  );
  const granted = (object: string) => {
    if (permissions.has('ModifyAllData')) return new Set(RIGHT_NAMES);
    const rows = objects.filter((row) => row.SobjectType === object);
    return new Set(
      RIGHT_NAMES.filter((right) => rows.some((row) => row[RIGHTS[right] as `Permissions${string}`])),
    );
  };
  return {
    access: {
      objects: new Map(OBJECTS.map((object) => [object, granted(object)])),
      editable: new Set(fields.map((row) => row.Field)),
      permissions,
    },
    permissionSets: sets.map((set) => set.PermissionSet.Name),
  };
}

/** The same as that user sees it: what describe, called with the user's own session, says. */
export async function accessByDescribe(connection: Connection): Promise<UserAccess> {
  const objects = new Map<string, ReadonlySet<ObjectRight>>();
  const editable = new Set<string>();
  for (const name of WITH_FIELDS) {
    const found = await connection.describe(name).catch((error: unknown) => {
      // What a user may not read is not there for that user.
      if (
        ['NOT_FOUND', 'INVALID_TYPE', 'INSUFFICIENT_ACCESS'].includes(
          (error as { errorCode?: string }).errorCode ?? '',
        )
      )
        return null;
      throw error;
    });
    if (!found) continue;
    const rights = new Set<ObjectRight>(['Read']);
    if (found.createable) rights.add('Create');
    if (found.updateable) rights.add('Edit');
    if (found.deletable) rights.add('Delete');
    objects.set(name, rights);
    for (const field of found.fields) if (field.updateable) editable.add(`${name}.${field.name}`);
  }
  return { objects, editable, permissions: null };
}
