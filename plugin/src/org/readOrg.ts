import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import { membersOf } from './manifest.ts';
import { ourMetadata, unzip } from './ourMetadata.ts';
import type { Files, OrgView } from './orgView.ts';

const VALUE_SETS = [
  'standardValueSets/CaseStatus.standardValueSet',
  'standardValueSets/CasePriority.standardValueSet',
];
const POLL_MS = 200;

/** Reads all that the checks look at. Writes nothing. */
export async function readOrg(connection: Connection, username: string, timeoutMs: number): Promise<OrgView> {
  const wanted = await ourMetadata(connection.getApiVersion());
  const [organization, limits, present, members, user] = await Promise.all([
    connection.singleRecordQuery<{ OrganizationType: string; IsSandbox: boolean }>(
      'SELECT OrganizationType, IsSandbox FROM Organization',
    ),
    connection.request<{ DailyApiRequests?: { Max: number; Remaining: number } }>('/limits'),
    retrieve(connection, [...wanted.keys(), ...VALUE_SETS], timeoutMs),
    channelMembers(connection),
    readUser(connection, username),
  ]);
  return {
    edition: organization.OrganizationType,
    isSandbox: organization.IsSandbox,
    apiCalls: { max: limits.DailyApiRequests?.Max ?? 0, remaining: limits.DailyApiRequests?.Remaining ?? 0 },
    wanted,
    present,
    channelMembers: members,
    user,
  };
}

/** The components that the org has of those asked for. */
async function retrieve(connection: Connection, paths: readonly string[], timeoutMs: number): Promise<Files> {
  const apiVersion = connection.getApiVersion();
  const { id } = await connection.metadata.retrieve({
    apiVersion,
    singlePackage: true,
    unpackaged: { types: membersOf(paths), version: apiVersion },
  } as never);
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const result = await connection.metadata.checkRetrieveStatus(id);
    if (String(result.done) === 'true') {
      if (result.status === 'Failed')
        throw failure('RetrieveFailed', [result.errorMessage ?? 'no reason given']);
      return unzip(Buffer.from(result.zipFile ?? '', 'base64'));
    }
    if (Date.now() > deadline) throw failure('RetrieveTimedOut', [Math.round(timeoutMs / 60_000)]);
    await pause(POLL_MS);
  }
}

/** Orgs without change events do not know the object: they have no members. */
async function channelMembers(connection: Connection): Promise<OrgView['channelMembers']> {
  try {
    const { records } = await connection.tooling.query<{ EventChannel: string; SelectedEntity: string }>(
      'SELECT EventChannel, SelectedEntity FROM PlatformEventChannelMember',
    );
    return records.map((row) => ({ channel: row.EventChannel, entity: row.SelectedEntity }));
  } catch (error) {
    if ((error as { errorCode?: string }).errorCode === 'INVALID_TYPE') return [];
    throw error;
  }
}

type UserRow = { Id: string; Username: string; IsActive: boolean; Profile: { Name: string } | null };

async function readUser(connection: Connection, username: string): Promise<OrgView['user']> {
  const escaped = username.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const { records } = await connection.query<UserRow>(
    `SELECT Id, Username, IsActive, Profile.Name FROM User WHERE Username = '${escaped}'`,
  );
  const [user] = records;
  if (!user) throw failure('NoSuchUser', [username]);
  const sets = await connection.query<{ PermissionSet: { Name: string } }>(
    `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${user.Id}'`,
  );
  return {
    id: user.Id,
    username: user.Username,
    active: user.IsActive,
    profile: user.Profile?.Name ?? '',
    permissionSets: sets.records.map((row) => row.PermissionSet.Name),
  };
}
