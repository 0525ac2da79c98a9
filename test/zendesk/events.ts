import { randomUUID } from 'node:crypto';
import type { Account } from './account.ts';
import { emailOf } from './identities.ts';
import type { Organization, User } from './records.ts';

/** Attributes whose change is an event of its own, under the attribute's name where it has none here. */
const USER_EVENTS = {
  name: 'name',
  role: 'role',
  external_id: 'external_id',
  organization_id: 'default_organization',
  details: 'details',
  notes: 'notes',
  tags: 'tags',
  suspended: 'suspended',
  user_fields: 'custom_field',
  identities: 'identity',
} as const;
const ORGANIZATION_EVENTS = {
  name: 'name',
  external_id: 'external_id',
  tags: 'tags',
  organization_fields: 'custom_field',
} as const;

/** Tells the webhooks that subscribed of what happens to users and organizations. */
export function tellEvents(account: Account): void {
  account.state.onChange = (record, before) => {
    const then: unknown = before === null ? null : JSON.parse(before);
    if ('identities' in record) tellUser(account, record as User, then as User | null);
    else if ('domain_names' in record)
      tellOrganization(account, record as Organization, then as Organization | null);
  };
}

function tellUser(account: Account, user: User, before: User | null): void {
  const detail = {
    id: String(user.id),
    email: emailOf(user) ?? '',
    external_id: user.external_id ?? '',
    organization_id: String(user.organization_id ?? 0),
    role: user.role,
    created_at: user.created_at,
    updated_at: user.updated_at,
  };
  if (before?.active && !user.active) return tell(account, 'user', 'deleted', detail, {});
  tellChanges(account, 'user', user, before, USER_EVENTS, detail);
}

function tellOrganization(account: Account, organization: Organization, before: Organization | null): void {
  const detail = {
    id: String(organization.id),
    name: organization.name,
    external_id: organization.external_id ?? '',
    shared_comments: false,
    shared_tickets: false,
    created_at: organization.created_at,
    updated_at: organization.updated_at,
  };
  if (before?.deleted_at === null && organization.deleted_at !== null)
    return tell(account, 'organization', 'deleted', detail, {});
  tellChanges(account, 'organization', organization, before, ORGANIZATION_EVENTS, detail);
}

function tellChanges<T extends object>(
  account: Account,
  kind: string,
  record: T,
  before: T | null,
  names: Readonly<Partial<Record<keyof T & string, string>>>,
  detail: object,
): void {
  if (before === null) return tell(account, kind, 'created', detail, {});
  for (const [attribute, event] of Object.entries(names) as [keyof T, string][]) {
    const [current, previous] = [record[attribute], before[attribute]];
    if (JSON.stringify(current) !== JSON.stringify(previous))
      tell(account, kind, `${event}_changed`, detail, { current, previous });
  }
}

function tell(account: Account, kind: string, event: string, detail: object, values: object): void {
  const type = `zen:event-type:${kind}.${event}`;
  for (const webhook of account.state.tables.webhooks) {
    if (!webhook.subscriptions.includes(type)) continue;
    const body = {
      type,
      account_id: 1,
      id: randomUUID(),
      time: new Date(account.state.now()).toISOString(),
      zendesk_event_version: '2022-06-20',
      subject: `zen:${kind}:${(detail as { id: string }).id}`,
      detail,
      event: values,
    };
    account.webhooks.send(webhook, JSON.stringify(body));
  }
}
