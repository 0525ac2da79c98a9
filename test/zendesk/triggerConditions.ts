import { STATUSES, type Audit, type Comment, type Condition, type Ticket, type User } from './records.ts';

/** A write to a ticket, as triggers see it; `before` is null for a new ticket. */
export type TicketEvent = {
  readonly ticket: Ticket;
  readonly before: Ticket | null;
  readonly comment: Comment | null;
  /** Who wrote it. */
  readonly by: User;
  readonly audit: Audit;
};

const FIELDS = ['status', 'priority', 'type', 'assignee_id', 'group_id', 'requester_id', 'organization_id'];
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];

export const isKnownCondition = ({ field, operator }: Condition) =>
  (FIELDS.includes(field) || /^custom_fields_\d+$/.test(field)
    ? [
        'is',
        'is_not',
        'less_than',
        'greater_than',
        'changed',
        'not_changed',
        'value',
        'value_previous',
        'not_value',
        'not_value_previous',
        'present',
        'not_present',
      ]
    : field === 'current_tags'
      ? ['includes', 'not_includes']
      : ['update_type', 'comment_is_public', 'ticket_is_public', 'role', 'current_via_id', 'via_id'].includes(
            field,
          )
        ? ['is', 'is_not']
        : []
  ).includes(operator);

/** The API's number among the channels. */
const VIA_API = '5';

export function isMet(condition: Condition, event: TicketEvent): boolean {
  const { field, operator } = condition;
  const value = String(condition.value ?? '');
  const { ticket, before, comment, by } = event;
  const judged = (holds: boolean) => (operator === 'is_not' ? !holds : holds);
  switch (field) {
    case 'update_type':
      return judged(value === (before ? 'Change' : 'Create'));
    case 'comment_is_public':
      return judged(comment !== null && (value === 'not_relevant' || comment.public === (value !== 'false')));
    case 'ticket_is_public':
      return judged(ticket.comments.some((one) => one.public) === (value === 'public'));
    case 'role':
      return judged(isRole(value, ticket, by));
    case 'via_id':
    case 'current_via_id':
      return judged(value === VIA_API);
    case 'current_tags': {
      const has = value.split(/\s+/).some((tag) => ticket.tags.includes(tag));
      return operator === 'includes' ? has : !has;
    }
    default:
      return compared(condition, event);
  }
}

function isRole(value: string, ticket: Ticket, by: User): boolean {
  if (value === 'end_user') return by.role === 'end-user';
  if (value === 'agent') return by.role !== 'end-user';
  if (value === 'requester_id') return by.id === ticket.requester_id;
  if (value === 'assignee_id') return by.id === ticket.assignee_id;
  return String(by.id) === value;
}

function compared({ field, operator, value }: Condition, event: TicketEvent): boolean {
  const customId = /^custom_fields_(\d+)$/.exec(field)?.[1];
  const of = (ticket: Ticket | null) =>
    String(
      (customId === undefined ? ticket?.[field as keyof Ticket] : ticket?.custom_fields[customId]) ?? '',
    );
  const [now, then] = [of(event.ticket), of(event.before)];
  const meant =
    value === 'current_user'
      ? String(event.by.id)
      : value === 'requester_id'
        ? String(event.ticket.requester_id)
        : String(value ?? '');
  const scale: readonly string[] = field === 'priority' ? PRIORITIES : STATUSES;
  switch (operator) {
    case 'is':
      return now === meant;
    case 'is_not':
      return now !== meant;
    case 'less_than':
      return scale.indexOf(now) < scale.indexOf(meant);
    case 'greater_than':
      return scale.indexOf(now) > scale.indexOf(meant);
    case 'changed':
      return now !== then;
    case 'not_changed':
      return now === then;
    case 'value':
      return now !== then && now === meant;
    case 'value_previous':
      return now !== then && then === meant;
    case 'not_value':
      return now !== then && now !== meant;
    case 'not_value_previous':
      return now !== then && then !== meant;
    case 'present':
      return now !== '';
    default:
      return now === '';
  }
}
