import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import { literal } from '@desk-connect/bridge/salesforce/soql.js';
import { literals, queryAll } from './soql.ts';

/** Assigns a permission set to a user, once. @throws NoPermissionSet, NoSuchUser, AssignFailed */
export async function assign(connection: Connection, permissionSet: string, username: string): Promise<void> {
  const [[set], [user]] = await Promise.all([
    queryAll<{ Id: string }>(
      connection,
      `SELECT Id FROM PermissionSet WHERE Name = ${literal(permissionSet)} AND IsOwnedByProfile = false`,
    ),
    queryAll<{ Id: string }>(connection, `SELECT Id FROM User WHERE Username = ${literal(username)}`),
  ]);
  if (!set) throw failure('NoPermissionSet', [permissionSet]);
  if (!user) throw failure('NoSuchUser', [username]);
  try {
    await connection
      .sobject('PermissionSetAssignment')
      .create({ AssigneeId: user.Id, PermissionSetId: set.Id });
  } catch (error) {
    const { errorCode, message } = error as { errorCode?: string; message?: string };
    // Somebody else assigned it since we looked.
    if (errorCode === 'DUPLICATE_VALUE') return;
    throw failure('AssignFailed', [permissionSet, message ?? String(error)]);
  }
}

/** Takes the assignments of a permission set away from everybody. Returns how many there were. */
export async function unassignAll(
  connection: Connection,
  permissionSets: readonly string[],
): Promise<number> {
  const rows = await queryAll<{ Id: string }>(
    connection,
    `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${literals(permissionSets)})`,
  );
  for (const { Id } of rows) await connection.sobject('PermissionSetAssignment').destroy(Id);
  return rows.length;
}
