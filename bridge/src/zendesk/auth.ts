export type ZendeskAuth =
  /** An API token with the e-mail of the agent who calls. */
  | { readonly kind: 'token'; readonly email: string; readonly token: string }
  | { readonly kind: 'oauth'; readonly accessToken: string };

/** The Authorization header of every request. */
export function authorization(auth: ZendeskAuth): string {
  return auth.kind === 'oauth'
    ? `Bearer ${auth.accessToken}`
    : `Basic ${Buffer.from(`${auth.email}/token:${auth.token}`).toString('base64')}`;
}
