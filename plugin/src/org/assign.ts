import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';

/** Assigns a permission set to a user, once. */
export async function assign(connection: Connection, permissionSet: string, userId: string): Promise<void> {
  const { records } = await connection.query<{ Id: string }>(
    `SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`,
  );
  const [set] = records;
  if (!set) throw failure('NoPermissionSet', [permissionSet]);
  try {
    await connection
      .sobject('PermissionSetAssignment')
      .create({ AssigneeId: userId, PermissionSetId: set.Id });
  } catch (error) {
    const { errorCode, message } = error as { errorCode?: string; message?: string };
    // Somebody else assigned it since we looked.
    if (errorCode === 'DUPLICATE_VALUE') return;
    throw failure('AssignFailed', [permissionSet, message ?? String(error)]);
  }
}
