import type { Account } from './account.ts';
import { defaultFor } from './customStatuses.ts';
import { missing, tagsOf, valuesById, writtenValues } from './fieldValues.ts';
import { userWithEmail } from './identities.ts';
import { id, inner, tags, text, without, word, type Input } from './input.ts';
import { recordInvalid } from './problem.ts';
import { STATUSES, type Status, type Ticket, type User } from './records.ts';
import type { ZendeskState } from './state.ts';
import { createUser, presentUsers } from './users.ts';

/** Every account has one group here. */
export const GROUP_ID = 9_000_000_000;

const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
const TYPES = ['problem', 'incident', 'question', 'task'] as const;

/** What a write makes of a ticket, checked against its rules. @throws 422 */
export function checkedTicket(account: Account, input: Input, own: Ticket | null): Partial<Ticket> {
  const { state } = account;
  const assignee = assigneeOf(state, input);
  const values = writtenValues(state, 'ticket', valuesById(input), own?.custom_fields ?? {});
  const changes: Partial<Ticket> = without({
    subject: text(input, 'subject'),
    priority: word(input, 'priority', PRIORITIES),
    type: word(input, 'type', TYPES),
    external_id: text(input, 'external_id'),
    assignee_id: assignee,
    group_id: groupOf(input, assignee),
    custom_fields: values,
    tags: tagList(state, input, values, own),
    ...statusOf(state, input, own, assignee ?? null),
  });
  checkSolving(state, { ...own, ...changes }, own);
  // Last, since it may make somebody new.
  const requester = requesterOf(account, input);
  const organization_id = organizationOf(state, input, requester, own);
  return { ...changes, ...without({ requester_id: requester?.id, organization_id }) };
}

function requesterOf(account: Account, input: Input): User | undefined {
  const { state } = account;
  const sent = inner(input, 'requester');
  const email = text(sent ?? {}, 'email');
  if (sent && email) return userWithEmail(state, email) ?? createUser(account, sent, null);
  const requesterId = id(input, 'requester_id');
  if (requesterId === undefined || requesterId === null) return undefined;
  const user = presentUsers(state).find((one) => one.id === requesterId);
  if (!user) throw recordInvalid('requester', 'Requester: is invalid', 'InvalidValue');
  return user;
}

function assigneeOf(state: ZendeskState, input: Input): number | null | undefined {
  const email = text(input, 'assignee_email');
  const sent = email ? (userWithEmail(state, email)?.id ?? 0) : id(input, 'assignee_id');
  if (sent === undefined || sent === null) return sent;
  const agent = presentUsers(state).find((one) => one.id === sent && one.role !== 'end-user');
  if (!agent) throw recordInvalid('assignee', 'Assignee: is not an agent of the group', 'InvalidValue');
  return sent;
}

/** An agent who is assigned brings the group along. */
function groupOf(input: Input, assignee: number | null | undefined): number | null | undefined {
  const sent = id(input, 'group_id');
  if (sent !== undefined && sent !== null && sent !== GROUP_ID)
    throw recordInvalid('group', 'Group: is invalid', 'InvalidValue');
  return assignee ? GROUP_ID : sent;
}

/** A ticket is of an organization of its requester. */
function organizationOf(
  state: ZendeskState,
  input: Input,
  requester: User | undefined,
  own: Ticket | null,
): number | null | undefined {
  const owner = requester ?? state.tables.users.find((one) => one.id === own?.requester_id);
  const sent = id(input, 'organization_id');
  if (sent === undefined) return requester ? requester.organization_id : undefined;
  if (sent !== null && sent !== owner?.organization_id)
    throw recordInvalid('organization', 'Organization: is not one of the requester', 'InvalidValue');
  return sent;
}

/** The tags of drop-down values come and go with the values. */
function tagList(
  state: ZendeskState,
  input: Input,
  values: Record<string, unknown> | undefined,
  own: Ticket | null,
): string[] | undefined {
  const sent = tags(input, 'tags');
  const more = tags(input, 'additional_tags') ?? [];
  const less = tags(input, 'remove_tags') ?? [];
  if (!sent && !values && more.length === 0 && less.length === 0) return undefined;
  const gone = new Set([...less, ...tagsOf(state, own?.custom_fields ?? {})]);
  const kept = (sent ?? own?.tags ?? []).filter((one) => !gone.has(one));
  return [...new Set([...kept, ...more, ...tagsOf(state, values ?? own?.custom_fields ?? {})])];
}

function statusOf(
  state: ZendeskState,
  input: Input,
  own: Ticket | null,
  assignee: number | null,
): Partial<Ticket> {
  const customId = id(input, 'custom_status_id');
  const custom = state.tables.customStatuses.find((one) => one.id === customId);
  if (customId && !custom?.active)
    throw recordInvalid('custom_status_id', 'Custom status: is invalid', 'InvalidValue');
  const sent = word(input, 'status', STATUSES) ?? undefined;
  const status: Status | undefined = custom?.status_category ?? sent;
  if (custom && sent && custom.status_category !== sent)
    throw recordInvalid('status', 'Status: does not match the custom status', 'InvalidValue');
  if (status === 'new' && own !== null && own.status !== 'new')
    throw recordInvalid('status', 'Status: cannot be set to new again', 'InvalidValue');
  // A ticket that is given to somebody is no longer new.
  const began = assignee !== null && (status ?? own?.status ?? 'new') === 'new';
  const final = began ? 'open' : status;
  if (final === undefined || (final === own?.status && !custom)) return {};
  return { status: final, custom_status_id: (began ? undefined : custom?.id) ?? defaultFor(state, final).id };
}

/** Solved tickets are somebody's, and have their required fields. */
function checkSolving(state: ZendeskState, ticket: Partial<Ticket>, own: Ticket | null): void {
  if (ticket.status !== 'solved' && ticket.status !== 'closed') return;
  if (own?.status === ticket.status) return;
  if (!ticket.assignee_id)
    throw recordInvalid('base', 'Assignee: is required when solving a ticket', 'BlankValue');
  const field = missing(state, ticket.custom_fields ?? {});
  if (field) throw recordInvalid('base', `${field.title}: is required when solving a ticket`, 'BlankValue');
}
