import type { LocalZendesk } from '../zendesk/startZendesk.ts';
import { checkShape } from './zendeskAnswers.ts';

export type ZendeskRecord = { readonly id: number } & Readonly<Record<string, unknown>>;
export type ZendeskBody = Readonly<Record<string, unknown>> & {
  readonly user: ZendeskRecord;
  readonly organization: ZendeskRecord;
  readonly ticket: ZendeskRecord;
  readonly tickets: readonly ZendeskRecord[];
  readonly users: readonly ZendeskRecord[];
  readonly organizations: readonly ZendeskRecord[];
  readonly comments: readonly ZendeskRecord[];
  readonly details: Readonly<Record<string, readonly { readonly description: string }[]>>;
};
export type ZendeskCall = {
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Calls the API as the administrator, or as somebody else, and holds the answer against its documented shape. */
export async function callZendesk(
  zendesk: LocalZendesk,
  method: string,
  path: string,
  body?: object,
  { as = zendesk.adminEmail, headers = {} }: ZendeskCall = {},
): Promise<{ status: number; headers: Headers; body: ZendeskBody }> {
  const token = `${as}/token:${zendesk.apiTokens[0] ?? ''}`;
  const response = await fetch(path.startsWith('http') ? path : `${zendesk.url}/api/v2/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(token).toString('base64')}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const answer = (isJson ? JSON.parse(text) : {}) as ZendeskBody;
  if (isJson) checkShape(response.status, answer);
  return { status: response.status, headers: response.headers, body: answer };
}
