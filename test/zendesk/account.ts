import type { Input } from './input.ts';
import type { Jobs } from './jobs.ts';
import type { EndpointLimits } from './rateLimit.ts';
import { recordNotFound } from './problem.ts';
import type { User } from './records.ts';
import type { ZendeskState } from './state.ts';
import type { WebhookSender } from './webhookSender.ts';

/** What an administrator has set for the whole account. */
export type Settings = {
  apiTokenAccess: boolean;
  /** Users with an address of an organization's domains join it. */
  joinByDomain: boolean;
  /** Without it, bulk imports of users are refused. */
  bulkUserImports: boolean;
  /** A write is found by search only so much later. */
  searchLagMs: number;
};

/** One account as its routes see it. */
export type Account = {
  readonly state: ZendeskState;
  readonly settings: Settings;
  readonly jobs: Jobs;
  readonly limits: EndpointLimits;
  readonly webhooks: WebhookSender;
  readonly maxPageSize: number;
  /** Where it is served, without a path. */
  url: string;
};

export type ZendeskRequest = {
  readonly method: string;
  /** Below `/api/v2`, without `.json`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly input: Input;
  readonly user: User;
};
export type Answer = {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
};
/** Who may: by default agents and administrators. */
export type Right = 'anyone' | 'admin';
export type Route = readonly [
  method: string,
  pattern: RegExp,
  handle: (request: ZendeskRequest, ...ids: string[]) => Answer,
  right?: Right,
];

export const ok = (body: object): Answer => ({ status: 200, body });
export const done = (): Answer => ({ status: 204 });
export const created = (body: object, location: string): Answer => ({
  status: 201,
  body,
  headers: { location },
});
export const urlOf = (account: Account, path: string) => `${account.url}/api/v2/${path}.json`;

/** @throws 404 */
export function find<T extends { readonly id: number }>(records: readonly T[], id: string | number): T {
  const record = records.find((one) => one.id === Number(id));
  if (!record) throw recordNotFound();
  return record;
}
