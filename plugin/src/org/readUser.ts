import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import type { OrgUser } from './orgView.ts';
import { readAccess } from './readAccess.ts';
import { literal } from '@desk-connect/bridge/salesforce/soql.js';
import { queryAll, queryIfKnown } from './soql.ts';

type UserRow = {
  Id: string;
  Username: string;
  IsActive: boolean;
  ProfileId: string;
  Profile: { Name: string; UserLicense: { Name: string } | null } | null;
};

/** The user that the bridge acts as, and what that user may do. @throws NoSuchUser */
export async function readUser(
  connection: Connection,
  username: string,
  userPermissions: ReadonlySet<string>,
): Promise<OrgUser> {
  const [user] = await queryAll<UserRow>(
    connection,
    `SELECT Id, Username, IsActive, ProfileId, Profile.Name, Profile.UserLicense.Name FROM User WHERE Username = ${literal(username)}`,
  );
  if (!user) throw failure('NoSuchUser', [username]);
  const [logins, profiles, { access, permissionSets }] = await Promise.all([
    queryIfKnown<{ IsFrozen: boolean }>(
      connection,
      `SELECT IsFrozen FROM UserLogin WHERE UserId = ${literal(user.Id)}`,
    ),
    // The full name is told for one row at a time only.
    queryIfKnown<{ FullName: string }>(
      connection,
      `SELECT FullName FROM Profile WHERE Id = ${literal(user.ProfileId)}`,
      true,
    ),
    readAccess(connection, user.Id, userPermissions),
  ]);
  return {
    id: user.Id,
    username: user.Username,
    active: user.IsActive,
    frozen: logins?.[0]?.IsFrozen === true,
    profile: user.Profile?.Name ?? '',
    profileFullName: profiles?.[0]?.FullName ?? user.Profile?.Name ?? '',
    license: user.Profile?.UserLicense?.Name ?? '',
    permissionSets,
    access,
  };
}
