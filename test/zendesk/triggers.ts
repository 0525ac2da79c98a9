import type { Account } from './account.ts';
import { changesBetween } from './comments.ts';
import { flag, inner, objects, text, without, type Input } from './input.ts';
import { emailOf } from './identities.ts';
import { invalidAttribute, recordInvalid, ZendeskProblem } from './problem.ts';
import { rendered } from './placeholders.ts';
import type { Action, Condition, Ticket, Trigger, User } from './records.ts';
import type { ZendeskState } from './state.ts';
import { isEvent } from './webhooks.ts';
import { isKnownCondition, isMet, type TicketEvent } from './triggerConditions.ts';
import { checkedTicket } from './ticketValues.ts';

const SETTERS = ['status', 'priority', 'type', 'assignee_id', 'set_tags', 'current_tags', 'remove_tags'];
const MAILED = ['requester_id', 'requester_and_ccs', 'assignee_id', 'current_user', 'all_agents'];

/** The rules of a new account: three write to the requester. */
export function addStandardTriggers(state: ZendeskState): void {
  const is = (field: string, value: string): Condition => ({ field, operator: 'is', value });
  const isNot = (field: string, value: string): Condition => ({ field, operator: 'is_not', value });
  const mail = (to: string, subject: string): Action[] => [
    { field: 'notification_user', value: [to, subject, '{{ticket.comments_formatted}}'] },
  ];
  const standard: readonly (readonly [string, Condition[], Action[]])[] = [
    [
      'Notify requester and CCs of received request',
      [
        is('update_type', 'Create'),
        isNot('status', 'solved'),
        is('ticket_is_public', 'public'),
        is('role', 'end_user'),
      ],
      mail('requester_and_ccs', '[Request received] {{ticket.title}}'),
    ],
    [
      'Notify requester of new proactive ticket',
      [
        is('update_type', 'Create'),
        isNot('status', 'solved'),
        is('ticket_is_public', 'public'),
        is('role', 'agent'),
      ],
      mail('requester_id', '{{ticket.title}}'),
    ],
    [
      'Notify requester and CCs of comment update',
      [
        is('update_type', 'Change'),
        is('comment_is_public', 'requester_can_see_comment'),
        isNot('role', 'requester_id'),
      ],
      mail('requester_and_ccs', 'Re: {{ticket.title}}'),
    ],
    [
      'Notify assignee of comment update',
      [is('comment_is_public', 'not_relevant'), isNot('assignee_id', 'current_user')],
      mail('assignee_id', 'Re: {{ticket.title}}'),
    ],
    [
      'Notify all agents of received request',
      [is('update_type', 'Create')],
      mail('all_agents', '[{{ticket.id}}] {{ticket.title}}'),
    ],
  ];
  for (const [title, all, actions] of standard)
    state.add(state.tables.triggers, {
      ...state.stamps(),
      title,
      active: true,
      default: true,
      position: state.tables.triggers.length + 1,
      conditions: { all, any: [] },
      actions,
    });
}

/** Asks each active trigger, in their order; what one changes is seen by the next ones. */
export function runTriggers(account: Account, event: TicketEvent): void {
  const triggers = account.state.tables.triggers
    .filter(({ active }) => active)
    .sort((a, b) => a.position - b.position);
  for (const trigger of triggers) {
    const { all, any } = trigger.conditions;
    const met = (condition: Condition) => isMet(condition, event);
    if (!all.every(met) || (any.length > 0 && !any.some(met))) continue;
    for (const action of trigger.actions) act(account, trigger, action, event);
  }
}

function act(account: Account, trigger: Trigger, { field, value }: Action, event: TicketEvent): void {
  const { state, webhooks } = account;
  const { ticket, by } = event;
  const list = Array.isArray(value) ? value.map(String) : [String(value ?? '')];
  const [first = '', second = ''] = list;
  if (field === 'notification_user') {
    const recipients = recipientsOf(state, first, ticket, by);
    if (recipients.length === 0) return;
    const subject = rendered(second, account, ticket, by);
    const mailed = recipients.flatMap((user) => (user.suspended ? [] : (emailOf(user) ?? [])));
    for (const to of mailed)
      state.notifications.push({ to, because: trigger.title, ticketId: ticket.id, subject });
    event.audit.events.push({
      id: state.next.id++,
      type: 'Notification',
      via: {
        channel: 'rule',
        source: { from: { id: trigger.id, title: trigger.title }, to: {}, rel: 'trigger' },
      },
      subject,
      recipients: recipients.map((user) => user.id),
    });
    return;
  }
  if (field === 'notification_webhook') {
    const webhook = state.tables.webhooks.find((one) => one.id === first);
    if (webhook) webhooks.send(webhook, rendered(second, account, ticket, by));
    return;
  }
  const before = structuredClone(ticket);
  try {
    Object.assign(ticket, checkedTicket(account, inputOf(field, first), ticket));
  } catch (error) {
    // What a rule may not set stays as it is; the write that it follows is done.
    if (!(error instanceof ZendeskProblem)) throw error;
  }
  event.audit.events.push(...changesBetween(state, before, ticket));
}

const inputOf = (field: string, value: string): Input =>
  field === 'set_tags'
    ? { tags: value }
    : field === 'current_tags'
      ? { additional_tags: value }
      : { [field]: value };

function recipientsOf(state: ZendeskState, who: string, ticket: Ticket, by: User): User[] {
  if (who === 'current_user') return [by];
  const users = state.tables.users.filter((user) => user.active);
  if (who === 'all_agents') return users.filter((user) => user.role !== 'end-user');
  const wanted =
    who === 'assignee_id' ? ticket.assignee_id : /^\d+$/.test(who) ? Number(who) : ticket.requester_id;
  return users.filter((user) => user.id === wanted);
}

export function createTrigger(state: ZendeskState, input: Input): Trigger {
  const changes = changesOf(input);
  if (!changes.title) throw recordInvalid('title', 'Title: cannot be blank', 'BlankValue');
  if (!changes.actions || !changes.conditions)
    throw recordInvalid('base', 'A trigger must have conditions and actions', 'BlankValue');
  checkWebhooks(state, changes.actions);
  return state.add(state.tables.triggers, {
    ...state.stamps(),
    title: changes.title,
    active: changes.active ?? true,
    default: false,
    position: state.tables.triggers.length + 1,
    conditions: changes.conditions,
    actions: changes.actions,
  });
}

export function updateTrigger(state: ZendeskState, trigger: Trigger, input: Input): void {
  const changes = changesOf(input);
  checkWebhooks(state, changes.actions ?? []);
  state.change(trigger, changes);
}

/** A webhook is called by triggers or is told of events, never both. @throws 422 */
function checkWebhooks(state: ZendeskState, actions: readonly Action[]): void {
  for (const { field, value } of actions) {
    if (field !== 'notification_webhook') continue;
    const [id] = value as string[];
    const webhook = state.tables.webhooks.find((one) => one.id === id);
    if (!webhook || webhook.subscriptions.some(isEvent))
      throw recordInvalid('actions', 'Action notification_webhook: no such webhook', 'InvalidValue');
  }
}

/** @throws 422 for a condition or an action that is not known here */
function changesOf(input: Input): Partial<Trigger> {
  const sent = inner(input, 'conditions');
  const conditions = sent && { all: conditionsIn(sent, 'all'), any: conditionsIn(sent, 'any') };
  if (conditions && conditions.all.length + conditions.any.length === 0)
    throw recordInvalid('base', 'A trigger must have a condition', 'BlankValue');
  const actions =
    input['actions'] === undefined
      ? undefined
      : objects(input, 'actions').map((one) => {
          const action = { field: text(one, 'field') ?? '', value: one['value'] };
          checkAction(action);
          return action;
        });
  return without({ title: text(input, 'title'), active: flag(input, 'active'), conditions, actions });
}

function conditionsIn(input: Input, name: string): Condition[] {
  if (input[name] === undefined || input[name] === null) return [];
  return objects(input, name).map((one) => {
    const condition = {
      field: text(one, 'field') ?? '',
      operator: text(one, 'operator') ?? '',
      value: one['value'] ?? null,
    };
    if (!isKnownCondition(condition))
      throw recordInvalid(
        'base',
        `Condition: ${condition.field} ${condition.operator} is invalid`,
        'InvalidValue',
      );
    return condition;
  });
}

function checkAction({ field, value }: Action): void {
  if (SETTERS.includes(field) || /^custom_fields_\d+$/.test(field)) return;
  const parts = Array.isArray(value) ? value.map(String) : [];
  const wellFormed =
    (field === 'notification_user' &&
      parts.length === 3 &&
      (MAILED.includes(parts[0] ?? '') || /^\d+$/.test(parts[0] ?? ''))) ||
    (field === 'notification_webhook' && parts.length === 2);
  if (!wellFormed) throw invalidAttribute('actions', `Action ${field} is invalid`);
}
