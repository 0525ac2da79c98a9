/** Metadata files by their path in a package, e.g. `objects/Desk_Link__c.object`. */
export type Files = ReadonlyMap<string, string>;

/** What the checks look at: everything that was read of an org, and what we would put there. */
export type OrgView = {
  readonly edition: string;
  readonly isSandbox: boolean;
  readonly apiCalls: { readonly max: number; readonly remaining: number };
  /** Our metadata, in package form. */
  readonly wanted: Files;
  /** The same components as the org has them; absent where it has none. */
  readonly present: Files;
  /** Change events selected in the org, over all channels. */
  readonly channelMembers: readonly { readonly channel: string; readonly entity: string }[];
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly active: boolean;
    readonly profile: string;
    /** Names of the permission sets assigned. */
    readonly permissionSets: readonly string[];
  };
};
