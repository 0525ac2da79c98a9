import { PROFILES } from '../access/profiles.ts';
import type { Org } from '../org.ts';
import { insertRow } from '../records/byName.ts';
import { keep } from './keep.ts';
import { metadataFile } from './xml.ts';

type Column = readonly string[];
const LAYOUTS: Readonly<Record<string, { columns: readonly Column[]; lists: readonly string[] }>> = {
  Account: {
    columns: [
      ['Name', 'ParentId', 'Phone', 'Fax'],
      ['OwnerId', 'Website', 'Industry', 'Description'],
    ],
    lists: ['RelatedContactList', 'RelatedOpportunityList', 'RelatedCaseList'],
  },
  Contact: {
    columns: [
      ['Name', 'AccountId', 'Title', 'Phone', 'HomePhone'],
      ['OwnerId', 'Email', 'MobilePhone', 'OtherPhone', 'Description'],
    ],
    lists: ['RelatedCaseList', 'RelatedActivityList'],
  },
  Case: {
    columns: [
      ['CaseNumber', 'ContactId', 'AccountId', 'Origin'],
      ['OwnerId', 'Status', 'Priority', 'Subject', 'Description'],
    ],
    lists: ['RelatedCommentsList', 'RelatedActivityList'],
  },
};

/** The layouts, profiles and settings of a new org. */
export function seedMetadata(org: Org): void {
  for (const [object, { columns, lists }] of Object.entries(LAYOUTS)) {
    addLayout(org, object, `${object} Layout`, layoutFile(columns, lists));
    assignLayout(org, object, `${object} Layout`);
  }
  for (const { fullName } of Object.values(PROFILES))
    keep(org, 'Profile', fullName, metadataFile('Profile', { custom: false, userLicense: 'Salesforce' }));
  keep(
    org,
    'Settings',
    'Security',
    metadataFile('SecuritySettings', {
      sessionSettings: {
        forceLogoutOnSessionTimeout: true,
        lockSessionsToIp: false,
        sessionTimeout: 'TwoHours',
      },
    }),
  );
  keep(org, 'Settings', 'Case', metadataFile('CaseSettings', { emailToCase: { enableEmailToCase: true } }));
  keep(org, 'Settings', 'Flow', metadataFile('FlowSettings', { enableFlowDeployAsActiveEnabled: false }));
}

export function layoutFile(columns: readonly Column[], lists: readonly string[]): string {
  return metadataFile('Layout', {
    layoutSections: [
      {
        customLabel: false,
        detailHeading: false,
        editHeading: true,
        label: 'Information',
        layoutColumns: columns.map((fields) => ({
          layoutItems: fields.map((field) => ({
            behavior: field === 'Name' || field === 'Status' ? 'Required' : 'Edit',
            field,
          })),
        })),
        style: 'TwoColumnsTopToBottom',
      },
    ],
    relatedLists: lists.map((relatedList) => ({ relatedList })),
    showEmailCheckbox: false,
    showHighlightsPanel: true,
  });
}

/** A layout that nobody is assigned to yet. */
export function addLayout(org: Org, object: string, name: string, file: string): void {
  keep(org, 'Layout', `${object}-${name}`, file);
  insertRow(org, 'Layout', { Name: name, TableEnumOrId: object });
}

/** Assigns a layout to every profile, for one record type or for records without. */
export function assignLayout(
  org: Org,
  object: string,
  name: string,
  recordTypeId: string | null = null,
): void {
  const layout = [...org.records.rows('Layout').values()].find(
    (row) => row['Name'] === name && row['TableEnumOrId'] === object,
  );
  for (const profile of org.records.rows('Profile').values())
    insertRow(org, 'ProfileLayout', {
      LayoutId: layout?.Id ?? null,
      ProfileId: profile.Id,
      RecordTypeId: recordTypeId,
      TableEnumOrId: object,
    });
}
