/** What the platform gives to components and no package has types for: just what ours use of it. */

declare module '@salesforce/label/*' {
  const text: string;
  export default text;
}

declare module '@salesforce/schema/*' {
  const object: { readonly objectApiName: string };
  export default object;
}

declare module '@salesforce/i18n/locale' {
  const locale: string;
  export default locale;
}

declare module 'lightning/graphql' {
  import type { WireAdapterConstructor } from 'lwc';

  export type Query = { readonly __query: true };
  export type GraphqlVariables = Readonly<Record<string, unknown>>;
  export type GraphqlResult = {
    readonly data?: unknown;
    readonly errors?: readonly { readonly message: string }[];
    /** Asks again; resolves when the answer was given to the component. */
    readonly refresh?: () => Promise<void>;
  };
  export function gql(strings: TemplateStringsArray): Query;
  /** Asks for nothing while the query or the variables are undefined. */
  export const graphql: WireAdapterConstructor<
    { query: Query | undefined; variables?: GraphqlVariables | undefined },
    GraphqlResult
  >;
}

declare module 'lightning/uiObjectInfoApi' {
  import type { WireAdapterConstructor } from 'lwc';

  export type ObjectInfo = {
    readonly updateable: boolean;
    readonly fields: Readonly<Record<string, { readonly updateable: boolean } | undefined>>;
  };
  export type ObjectInfoResult = {
    readonly data?: ObjectInfo;
    readonly error?: { readonly status?: number };
  };
  export const getObjectInfo: WireAdapterConstructor<
    { objectApiName: { readonly objectApiName: string } },
    ObjectInfoResult
  >;
}

declare module 'lightning/uiRecordApi' {
  /** Rejects with a body whose `output.errors` says what Salesforce refuses. */
  export function updateRecord(input: {
    readonly fields: Readonly<Record<string, string | null>>;
  }): Promise<unknown>;
  export function notifyRecordUpdateAvailable(
    records: readonly { readonly recordId: string }[],
  ): Promise<unknown>;
}

declare module 'lightning/empApi' {
  export type Subscription = { readonly channel: string };
  export type PlatformEvent = {
    readonly data: { readonly payload: Readonly<Record<string, unknown>> };
  };
  export function isEmpEnabled(): Promise<boolean>;
  export function subscribe(
    channel: string,
    replayId: -1 | -2,
    onMessage: (event: PlatformEvent) => void,
  ): Promise<Subscription>;
  export function unsubscribe(subscription: Subscription): Promise<unknown>;
}
