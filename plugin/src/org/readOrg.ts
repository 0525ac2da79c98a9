import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import { asTaken, languagesOf } from './asTaken.ts';
import { flowLimit } from './flowLimit.ts';
import { membersOf, type Members } from './manifest.ts';
import { ourMetadata } from './ourMetadata.ts';
import type { OrgView, Wishes } from './orgView.ts';
import { accessByDescribe } from './readAccess.ts';
import { readFields } from './readFields.ts';
import { readFlows } from './readFlows.ts';
import { readRecordPages } from './readRecordPages.ts';
import { readUser } from './readUser.ts';
import { retrieve } from './retrieve.ts';
import { literals, queryAll, queryIfKnown } from './soql.ts';
import { toolVersions } from './toolVersions.ts';

export type ReadOptions = {
  readonly connection: Connection;
  /** Who the bridge acts as. */
  readonly username: string;
  readonly timeoutMs: number;
  readonly wishes: Wishes;
  /** A session of that user, to see what the user sees. */
  readonly as?: Connection;
};

const SYNCED = ['Account', 'Contact', 'Case'];
/** Editions that take components and custom metadata types from packages alone. */
const BY_PACKAGE_ONLY = new Set(['Professional Edition']);
const MERGED: readonly Members[] = [
  { name: 'StandardValueSet', members: ['CaseStatus', 'CasePriority'] },
  { name: 'Settings', members: ['Security', 'Case'] },
];

/** Reads all that the checks look at. Writes nothing. */
export async function readOrg({
  connection,
  username,
  timeoutMs,
  wishes,
  as,
}: ReadOptions): Promise<OrgView> {
  const userPermissions = await knownUserPermissions(connection);
  const [
    ours,
    organization,
    limits,
    members,
    flows,
    layouts,
    recordTypes,
    processes,
    duplicates,
    fields,
    user,
    seen,
    emailMessages,
    types,
  ] = await Promise.all([
    ourMetadata(connection.getApiVersion()),
    connection.singleRecordQuery<{ OrganizationType: string; IsSandbox: boolean }>(
      'SELECT OrganizationType, IsSandbox FROM Organization',
    ),
    connection.request<Readonly<Record<string, { Max: number; Remaining: number } | undefined>>>('/limits'),
    queryIfKnown<{ EventChannel: string; SelectedEntity: string }>(
      connection,
      'SELECT EventChannel, SelectedEntity FROM PlatformEventChannelMember',
      true,
    ),
    readFlows(connection),
    queryAll<LayoutRow>(
      connection,
      `SELECT Layout.Name, Layout.NamespacePrefix, TableEnumOrId FROM ProfileLayout WHERE TableEnumOrId IN (${literals(SYNCED)})`,
      true,
    ),
    queryAll<RecordTypeRow>(
      connection,
      `SELECT DeveloperName, NamespacePrefix, SobjectType FROM RecordType WHERE IsActive = true AND SobjectType IN (${literals(SYNCED)})`,
    ),
    queryAll<ProcessRow>(
      connection,
      "SELECT Name, NamespacePrefix FROM BusinessProcess WHERE TableEnumOrId = 'Case'",
    ),
    queryIfKnown<{ SobjectType: string; MasterLabel: string }>(
      connection,
      `SELECT SobjectType, MasterLabel FROM DuplicateRule WHERE IsActive = true AND SobjectType IN (${literals(SYNCED)})`,
    ),
    readFields(connection, SYNCED),
    readUser(connection, username, userPermissions),
    as ? accessByDescribe(as) : null,
    hasObject(connection, 'EmailMessage'),
    metadataTypes(connection),
  ]);
  const platformEvents = (limits['HourlyPublishedPlatformEvents']?.Max ?? 0) > 0;
  const features = {
    changeEvents: members !== null && platformEvents,
    platformEvents,
    components: !BY_PACKAGE_ONLY.has(organization.OrganizationType),
    customMetadata: !BY_PACKAGE_ONLY.has(organization.OrganizationType),
    emailMessages,
    reports: types.has('Report') && types.has('ReportType'),
  };
  const languages = types.has('Translations') ? await languagesOn(connection) : new Set<string>();
  const personAccounts = fields.get('Account')?.some((field) => field.name === 'IsPersonAccount') === true;
  const recordTypeNames = recordTypes.map(
    (row) => `${row.SobjectType}.${withNamespace(row, row.DeveloperName)}`,
  );
  const wanted = asTaken(
    ours,
    { ...features, manyFlows: flowLimit(organization.OrganizationType) === Infinity, types, languages },
    {
      personAccounts,
      platformEvents,
      customMetadata: features.customMetadata,
      recordTypes: recordTypeNames,
      userPermissions,
    },
  );
  const layoutNames = [
    ...new Set(
      layouts.flatMap((row) =>
        row.Layout ? `${row.TableEnumOrId}-${withNamespace(row.Layout, row.Layout.Name)}` : [],
      ),
    ),
  ].sort();
  const recordPages = wishes.placeComponents ? await readRecordPages(connection, SYNCED, timeoutMs) : null;
  const present = await retrieve(
    connection,
    together([
      ...membersOf(wanted),
      ...MERGED,
      { name: 'Layout', members: layoutNames },
      { name: 'BusinessProcess', members: processes.map((row) => `Case.${withNamespace(row, row.Name)}`) },
      { name: 'RecordType', members: recordTypeNames.filter((name) => name.startsWith('Case.')) },
      { name: 'Profile', members: [user.profileFullName] },
      { name: 'FlexiPage', members: recordPages ?? [] },
    ]),
    timeoutMs,
  );
  const { Max: max = 0, Remaining: remaining = 0 } = limits['DailyApiRequests'] ?? {};
  return {
    apiVersion: Number(connection.getApiVersion()),
    edition: organization.OrganizationType,
    isSandbox: organization.IsSandbox,
    features,
    apiCalls: { max, remaining },
    personAccounts,
    wanted,
    present,
    languagesLeftOut: [...languagesOf(ours.keys())].filter((language) => !languages.has(language)),
    channelMembers: (members ?? []).map((row) => ({ channel: row.EventChannel, entity: row.SelectedEntity })),
    flows,
    layouts: layoutNames,
    recordPages,
    duplicateRules: (duplicates ?? []).map((row) => ({ object: row.SobjectType, label: row.MasterLabel })),
    fields,
    user: seen ? { ...user, access: seen } : user,
    tools: toolVersions(),
    wishes,
  };
}

/** Which types of metadata the org takes. */
async function metadataTypes(connection: Connection): Promise<Set<string>> {
  const { metadataObjects } = await connection.metadata.describe(connection.getApiVersion());
  return new Set(metadataObjects.map(({ xmlName }) => xmlName));
}

/** The languages of the Translation Workbench. */
async function languagesOn(connection: Connection): Promise<Set<string>> {
  const found = await connection.metadata.list([{ type: 'Translations' }], connection.getApiVersion());
  return new Set([found].flat().map(({ fullName }) => fullName));
}

/** One entry a type: what we look at by two ways is asked for once. */
function together(members: readonly Members[]): Members[] {
  const types = new Map<string, Set<string>>();
  for (const { name, members: names } of members)
    types.set(name, new Set([...(types.get(name) ?? []), ...names]));
  return [...types].map(([name, names]) => ({ name, members: [...names] }));
}

/** Some objects are there only once a feature of the org is on. */
async function hasObject(connection: Connection, name: string): Promise<boolean> {
  const { sobjects } = await connection.describeGlobal();
  return sobjects.some((object) => object.name === name);
}

type Named = { NamespacePrefix: string | null };
type LayoutRow = { Layout: ({ Name: string } & Named) | null; TableEnumOrId: string };
type RecordTypeRow = { DeveloperName: string; SobjectType: string } & Named;
type ProcessRow = { Name: string } & Named;

const withNamespace = ({ NamespacePrefix }: Named, name: string) =>
  NamespacePrefix ? `${NamespacePrefix}__${name}` : name;

/** Some user permissions exist only with a licence or a preference: what a permission set has fields for is known. */
async function knownUserPermissions(connection: Connection): Promise<Set<string>> {
  const { fields } = await connection.describe('PermissionSet').catch((error: unknown) => {
    // The first call of all: an org that does not know the version knows nothing below it.
    if ((error as { errorCode?: string }).errorCode === 'NOT_FOUND')
      throw failure('VersionUnknown', [connection.getApiVersion()]);
    throw error;
  });
  return new Set(
    fields.flatMap(({ name }) => (name.startsWith('Permissions') ? name.slice('Permissions'.length) : [])),
  );
}
