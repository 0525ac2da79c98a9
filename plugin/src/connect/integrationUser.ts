import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import { literal } from '@desk-connect/bridge/salesforce/soql.js';
import { literals, queryAll, queryIfKnown } from '../org/soql.ts';

/** Profiles for a user who only uses the API, the narrowest first. */
const PROFILES = ['Minimum Access - API Only Integrations', 'Salesforce API Only System Integrations'];
const LICENSE = 'SalesforceAPIIntegrationPsl';

export async function userExists(connection: Connection, username: string): Promise<boolean> {
  const rows = await queryAll<{ Id: string }>(
    connection,
    `SELECT Id FROM User WHERE Username = ${literal(username)}`,
  );
  return rows.length > 0;
}

/**
 * Makes a user who can do nothing but what permission sets grant, and only by the API; gives it the integration
 * licence where the org has one.
 * @throws UserNotMade in Salesforce's own words
 */
export async function makeIntegrationUser(
  connection: Connection,
  options: { username: string; email: string },
): Promise<void> {
  const profiles = await queryAll<{ Id: string; Name: string }>(
    connection,
    `SELECT Id, Name FROM Profile WHERE Name IN (${literals(PROFILES)})`,
  );
  const profile = PROFILES.map((name) => profiles.find((row) => row.Name === name)).find(Boolean);
  if (!profile) throw failure('UserNotMade', [options.username, 'the org has no profile for integrations']);
  try {
    const made = await connection.sobject('User').create({
      Username: options.username,
      Email: options.email,
      LastName: 'Desk Connect',
      Alias: 'deskconn',
      ProfileId: profile.Id,
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    });
    await giveLicense(connection, made.id ?? '');
  } catch (error) {
    throw failure('UserNotMade', [options.username, error instanceof Error ? error.message : String(error)]);
  }
}

async function giveLicense(connection: Connection, userId: string): Promise<void> {
  const licenses = await queryIfKnown<{ Id: string }>(
    connection,
    `SELECT Id FROM PermissionSetLicense WHERE DeveloperName = ${literal(LICENSE)}`,
  );
  const [license] = licenses ?? [];
  if (!license) return;
  await connection
    .sobject('PermissionSetLicenseAssign')
    .create({ AssigneeId: userId, PermissionSetLicenseId: license.Id });
}
