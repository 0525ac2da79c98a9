import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import { forOrg } from '../merge/permissionSet.ts';
import { flowLimit } from './flowLimit.ts';
import { membersOf, type Members } from './manifest.ts';
import { ourMetadata } from './ourMetadata.ts';
import type { Files, OrgView, Wishes } from './orgView.ts';
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
/** Folders of components that only some editions take. */
const COMPONENTS = ['lwc/', 'flexipages/', 'applications/', 'tabs/'];
/** What makes pages hear at once; the bridge does what is asked without it. Few flows are better kept for the others. */
const FLOWS_FOR_PAGES = ['flows/Desk_Link_Answered', 'flows/Desk_Bridge_Requested_Action'];
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
  ]);
  const platformEvents = (limits['HourlyPublishedPlatformEvents']?.Max ?? 0) > 0;
  const features = {
    changeEvents: members !== null && platformEvents,
    platformEvents,
    components: !BY_PACKAGE_ONLY.has(organization.OrganizationType),
    customMetadata: !BY_PACKAGE_ONLY.has(organization.OrganizationType),
    emailMessages,
  };
  const personAccounts = fields.get('Account')?.some((field) => field.name === 'IsPersonAccount') === true;
  const recordTypeNames = recordTypes.map(
    (row) => `${row.SobjectType}.${withNamespace(row, row.DeveloperName)}`,
  );
  const wanted = asTaken(
    ours,
    { ...features, manyFlows: flowLimit(organization.OrganizationType) === Infinity },
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
    [
      ...membersOf(wanted),
      ...MERGED,
      { name: 'Layout', members: layoutNames },
      { name: 'BusinessProcess', members: processes.map((row) => `Case.${withNamespace(row, row.Name)}`) },
      { name: 'RecordType', members: recordTypeNames.filter((name) => name.startsWith('Case.')) },
      { name: 'Profile', members: [user.profileFullName] },
      { name: 'FlexiPage', members: recordPages ?? [] },
    ],
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

/** Our metadata without what the org cannot take, and with what it needs besides. */
function asTaken(
  ours: Files,
  features: OrgView['features'] & { manyFlows: boolean },
  traits: Parameters<typeof forOrg>[1],
): Files {
  const without = [
    ...(features.components ? [] : COMPONENTS),
    ...(features.changeEvents ? [] : ['platformEventChannels/', 'platformEventChannelMembers/']),
    // The flows do nothing but publish the event.
    ...(features.platformEvents ? [] : ['objects/Desk_Signal__e', 'flows/']),
    ...(features.manyFlows ? [] : FLOWS_FOR_PAGES),
    ...(features.emailMessages ? [] : ['flows/Desk_Case_Emailed']),
  ];
  const isConfigType = (path: string) => /^objects\/\w+__mdt\./.test(path);
  return new Map(
    [...ours]
      .filter(([path]) => !without.some((prefix) => path.startsWith(prefix)))
      .filter(([path]) => features.customMetadata || !isConfigType(path))
      .map(([path, text]) => [path, path.startsWith('permissionsets/') ? forOrg(text, traits) : text]),
  );
}
