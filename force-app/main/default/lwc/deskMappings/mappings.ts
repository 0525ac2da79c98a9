/** What the bridge works with, as it tells in Mappings__c, version 1. */
export type Mappings = {
  /** Where an administrator has set it: the org's custom metadata, or a file beside the bridge. */
  readonly home: 'org' | 'file';
  readonly rules: readonly Rule[];
  readonly mappings: readonly Mapping[];
  readonly problems: readonly string[];
  /** How many mappings there was no room for. */
  readonly more?: number;
};

export type Rule = {
  readonly pair: string;
  readonly direction: string;
  readonly createInDesk: boolean;
  readonly createInSalesforce: boolean;
  readonly updateInDesk: boolean;
  readonly updateInSalesforce: boolean;
  readonly salesforceCondition: string;
  readonly deskCondition: string;
  readonly recordType: string | null;
  readonly conflictRule: string;
  readonly onDelete: string;
};

export type Mapping = {
  readonly pair: string;
  readonly salesforceField: string;
  readonly deskField: string;
  readonly direction: string;
  readonly owner: string | null;
  /** Shown in the widget in Desk. */
  readonly display: boolean;
  /** Holds without any set up. */
  readonly standard: boolean;
};
