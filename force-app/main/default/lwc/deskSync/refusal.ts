type Refused = {
  readonly body?: {
    readonly message?: string;
    readonly output?: { readonly errors?: readonly { readonly message?: string }[] };
  };
};

/** Why Salesforce refused to write a record, in its words; empty where it gave none. */
export function refusalText(error: unknown): string {
  const body = (error as Refused | undefined)?.body;
  return body?.output?.errors?.[0]?.message ?? body?.message ?? '';
}
