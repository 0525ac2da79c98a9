import { addLanguage } from './metadata/apply/translations.ts';
import { applyComponent } from './metadata/applyMetadata.ts';
import { keep } from './metadata/keep.ts';
import { addLayout, assignLayout, layoutFile } from './metadata/seedMetadata.ts';
import { metadataFile } from './metadata/xml.ts';
import type { Org } from './org.ts';
import { insertRow, updateRow } from './records/byName.ts';
import { turnOnPersonAccounts } from './records/personAccounts.ts';
import { text } from './schema/fields.ts';
import { ADMIN } from './seed.ts';

/** States in which orgs are found; each changes a new Enterprise Edition org. */
export const STATES = {
  /** A new Enterprise Edition org. */
  enterprise: () => undefined,
  /** Professional Edition with the API add-on: neither streams nor events, five flows, no component deployment. */
  professional: (org: Org) => {
    Object.assign(org.features, {
      changeEvents: false,
      platformEvents: false,
      components: false,
      customMetadata: false,
      activeFlows: 5,
      totalFlows: 5,
    });
    org.schema.remove('PlatformEventChannelMember');
    updateFirst(org, 'Organization', { OrganizationType: 'Professional Edition' });
    // Layouts rule access there, and this org's are lean.
    keep(org, 'Layout', 'Contact-Contact Layout', layoutFile([['Name', 'AccountId'], ['Email']], []));
  },
  'person-accounts': turnOnPersonAccounts,
  /** Two support processes and record types of Case, without the values of Desk. */
  'record-types': (org: Org) => {
    const process = (name: string, ...values: string[]) =>
      `<businessProcesses><fullName>${name}</fullName><isActive>true</isActive>${values.map((value, index) => `<values><fullName>${value}</fullName><default>${index === 0}</default></values>`).join('')}</businessProcesses>`;
    const recordType = (name: string, of: string) =>
      `<recordTypes><fullName>${name}</fullName><active>true</active><businessProcess>${of}</businessProcess><label>${name}</label><picklistValues><picklist>Origin</picklist><values><fullName>Phone</fullName><default>false</default></values></picklistValues><picklistValues><picklist>Priority</picklist><values><fullName>High</fullName><default>false</default></values><values><fullName>Medium</fullName><default>true</default></values></picklistValues></recordTypes>`;
    const file = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${process('Support', 'New', 'Working', 'Closed')}${process('Returns', 'New', 'Closed')}${recordType('Question', 'Support')}${recordType('Return_Request', 'Returns')}</CustomObject>`;
    applyComponent(org, { type: 'CustomObject', name: 'Case', file: Buffer.from(file) });
  },
  /** Renamed layouts, several of them in use, one that nobody has. */
  layouts: (org: Org) => {
    const lists = ['RelatedActivityList'];
    for (const name of ['Support (EMEA)', 'Support & Returns']) {
      addLayout(org, 'Case', name, layoutFile([['CaseNumber', 'Subject'], ['Status']], lists));
      assignLayout(org, 'Case', name);
    }
    addLayout(org, 'Case', 'Retired', layoutFile([['CaseNumber'], ['Status']], []));
  },
  /** All five selected entities are others'. */
  'no-slots': (org: Org) => {
    for (const entity of ['Lead', 'Opportunity', 'Task', 'Event', 'User'])
      insertRow(org, 'PlatformEventChannelMember', {
        DeveloperName: `ChangeEvents_${entity}ChangeEvent`,
        EventChannel: 'ChangeEvents',
        SelectedEntity: `${entity}ChangeEvent`,
      });
  },
  /** The values of Desk are there, and inactive. */
  'inactive-values': (org: Org) => {
    const status = org.schema.field('Case', 'Status');
    if (!status) return;
    const old = ['Open', 'Pending', 'Resolved'].map((value) => ({
      value,
      label: value,
      active: false,
      default: false,
      closed: false,
    }));
    org.schema.putField('Case', { ...status, picklist: [...status.picklist, ...old] });
  },
  /** Whoever logs in may see the set-up, and change nothing. */
  'read-only-admin': (org: Org) => {
    const profile = [...org.records.rows('Profile').values()].find((row) => row['FullName'] === 'ReadOnly');
    updateRow(org, 'User', org.userId(ADMIN), { ProfileId: profile?.Id ?? null });
  },
  /** A record page of its own for cases, one for contacts in an app, and one that nobody uses. */
  'record-pages': (org: Org) => {
    const override = (page: string) =>
      `<actionOverrides><actionName>View</actionName><content>${page}</content><formFactor>Large</formFactor><skipRecordTypeSelect>false</skipRecordTypeSelect><type>Flexipage</type></actionOverrides>`;
    keep(org, 'FlexiPage', 'Case_Console_Page', recordPage('Case', 'Case Console Page'));
    keep(org, 'FlexiPage', 'Contact_Page', recordPage('Contact', 'Contact Page'));
    keep(org, 'FlexiPage', 'Retired_Page', recordPage('Case', 'Retired Page'));
    keep(org, 'ActionOverrides', 'Case', override('Case_Console_Page'));
    keep(
      org,
      'CustomApplication',
      'Service_Console',
      metadataFile('CustomApplication', {
        label: 'Service Console',
        profileActionOverrides: {
          actionName: 'View',
          content: 'Contact_Page',
          formFactor: 'Large',
          pageOrSobjectType: 'Contact',
          type: 'Flexipage',
          profile: 'Admin',
        },
        uiType: 'Lightning',
      }),
    );
  },
  /** The Translation Workbench is on, for German and French. */
  translated: (org: Org) => {
    for (const language of ['de', 'fr']) addLanguage(org, language);
  },
  'few-calls': (org: Org) => {
    org.limits.used = org.limits.max - 400;
  },
  /** Sessions that are bound to an address, a session time-out of 15 minutes, a frozen user, rules that bite. */
  strict: (org: Org) => {
    keep(
      org,
      'Settings',
      'Security',
      metadataFile('SecuritySettings', {
        passwordPolicies: { complexity: 'SpecialCharacters' },
        sessionSettings: {
          forceLogoutOnSessionTimeout: true,
          lockSessionsToIp: true,
          sessionTimeout: 'FifteenMinutes',
        },
      }),
    );
    keep(
      org,
      'Profile',
      'Admin',
      metadataFile('Profile', {
        custom: false,
        loginIpRanges: { endAddress: '192.0.2.255', startAddress: '192.0.2.0' },
      }),
    );
    keep(
      org,
      'Settings',
      'Case',
      metadataFile('CaseSettings', { emailToCase: { enableEmailToCase: false } }),
    );
    insertRow(org, 'DuplicateRule', {
      DeveloperName: 'Standard_Contact_Duplicate_Rule',
      MasterLabel: 'Standard Contact Duplicate Rule',
      SobjectType: 'Contact',
      IsActive: true,
    });
    org.schema.putField('Case', text('Machine__c', 40, { required: true, fls: false }));
    const origin = org.schema.field('Case', 'Origin');
    if (origin) org.schema.putField('Case', { ...origin, restricted: true });
    insertRow(org, 'UserLogin', { UserId: org.userId(ADMIN), IsFrozen: true });
  },
} satisfies Record<string, (org: Org) => void>;

export type StateName = keyof typeof STATES;

/** Brings a new org into a state. */
export function putIntoState(org: Org, name: StateName): void {
  org.records.transact(org.userId(ADMIN), null, () => STATES[name](org));
}

function recordPage(sobjectType: string, masterLabel: string): string {
  const region = (name: string, component: string) => ({
    itemInstances: {
      componentInstance: { componentName: component, identifier: component.replace(':', '_') },
    },
    name,
    type: 'Region',
  });
  return metadataFile('FlexiPage', {
    flexiPageRegions: [
      region('header', 'force:highlightsPanel'),
      region('main', 'force:detailPanel'),
      region('sidebar', 'runtime_sales_activities:activityPanel'),
    ],
    masterLabel,
    sobjectType,
    template: { name: 'flexipage:recordHomeTemplateDesktop' },
    type: 'RecordPage',
  });
}

function updateFirst(org: Org, name: string, fields: Readonly<Record<string, unknown>>): void {
  const [row] = org.records.rows(name).values();
  if (row) updateRow(org, name, row.Id, fields);
}
