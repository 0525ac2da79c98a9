/** Metadata files by their path in a package, e.g. `objects/Desk_Link__c.object`. */
export type Files = ReadonlyMap<string, string>;

/** What one user may do, from the profile and all permission sets, or from what describe shows that user. */
export type UserAccess = {
  /** Rights by object; `ViewAll` and `ModifyAll` are null where describe does not tell. */
  readonly objects: ReadonlyMap<string, ReadonlySet<ObjectRight>>;
  /** Fields that the user may edit, as `Case.Subject`. */
  readonly editable: ReadonlySet<string>;
  /** User permissions by API name; null where describe does not tell. */
  readonly permissions: ReadonlySet<string> | null;
};
export type ObjectRight = 'Read' | 'Create' | 'Edit' | 'Delete' | 'ViewAll' | 'ModifyAll';

export type FieldInfo = {
  readonly name: string;
  readonly label: string;
  readonly custom: boolean;
  /** A record cannot be made without it, and nothing fills it in. */
  readonly mustBeGiven: boolean;
  /** Active values of a restricted picklist; null for any other field. */
  readonly restrictedTo: readonly string[] | null;
};

/** A flow in the org: which version is active (null: none), and which is the newest. */
export type FlowState = {
  readonly definitionId: string;
  readonly activeVersion: number | null;
  readonly latestVersion: number;
};

export type OrgUser = {
  readonly id: string;
  readonly username: string;
  readonly active: boolean;
  readonly frozen: boolean;
  readonly profile: string;
  /** API name of the profile in metadata. */
  readonly profileFullName: string;
  readonly license: string;
  /** Names of the permission sets assigned. */
  readonly permissionSets: readonly string[];
  readonly access: UserAccess;
};

/** What the caller of setup asks for beyond what is needed. */
export type Wishes = { readonly relaxSessions: boolean; readonly placeComponents: boolean };

/** Nothing but what is needed. */
export const NO_WISHES: Wishes = { relaxSessions: false, placeComponents: false };

/** What the checks look at: everything that was read of an org, and what we would put there. */
export type OrgView = {
  readonly apiVersion: number;
  readonly edition: string;
  readonly isSandbox: boolean;
  /** Found by asking, never by the edition's name, as far as the platform can be asked. */
  readonly features: {
    readonly changeEvents: boolean;
    readonly platformEvents: boolean;
    /** Lightning components can be deployed. */
    readonly components: boolean;
    /** Custom metadata types of our own can be deployed. */
    readonly customMetadata: boolean;
    /** The org keeps e-mails of cases. */
    readonly emailMessages: boolean;
    /** Reports and report types can be deployed. */
    readonly reports: boolean;
  };
  readonly apiCalls: { readonly max: number; readonly remaining: number };
  readonly personAccounts: boolean;
  /** Our metadata, in package form, as this org can take it. */
  readonly wanted: Files;
  /** The same components as the org has them, and those that we merge into; absent where it has none. */
  readonly present: Files;
  /** Languages of our translations that its Translation Workbench does not have, as `de`. */
  readonly languagesLeftOut: readonly string[];
  /** Change events selected in the org, over all channels. */
  readonly channelMembers: readonly { readonly channel: string; readonly entity: string }[];
  readonly flows: {
    readonly ours: ReadonlyMap<string, FlowState>;
    /** Of the kind that ours are of. */
    readonly active: number;
    readonly total: number;
  };
  /** Full names of the layouts that somebody has, of the three objects. */
  readonly layouts: readonly string[];
  /** Names of the record pages that somebody sees, of the three objects; null: not asked for. */
  readonly recordPages: readonly string[] | null;
  readonly duplicateRules: readonly { readonly object: string; readonly label: string }[];
  /** Fields of Account, Contact and Case. */
  readonly fields: ReadonlyMap<string, readonly FieldInfo[]>;
  readonly user: OrgUser;
  readonly tools: { readonly node: string; readonly plugin: string };
  readonly wishes: Wishes;
};
