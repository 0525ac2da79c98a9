import { flag, id, inner, text, type Input } from './input.ts';
import { recordInvalid } from './problem.ts';
import type { Audit, AuditEvent, Comment, Ticket } from './records.ts';
import type { ZendeskState } from './state.ts';

/** A comment that is not written yet; the author is null where the write names none. */
export type CommentDraft = Pick<Comment, 'body' | 'public'> & { readonly author_id: number | null };

/** The comment of a write; undefined without one. @throws 422 where it is blank or its author is nobody. */
export function commentIn(state: ZendeskState, input: Input): CommentDraft | undefined {
  const sent = typeof input['comment'] === 'string' ? { body: input['comment'] } : inner(input, 'comment');
  if (!sent) return undefined;
  const body = (text(sent, 'body') ?? plain(text(sent, 'html_body') ?? '')).trim();
  if (body === '') throw recordInvalid('base', 'Comment: cannot be blank', 'BlankValue');
  const author_id = id(sent, 'author_id') ?? null;
  if (author_id !== null && !state.tables.users.some((one) => one.id === author_id && one.active))
    throw recordInvalid('author', 'Author: is invalid', 'InvalidValue');
  return { author_id, body, public: flag(sent, 'public') ?? true };
}

const plain = (html: string) =>
  html
    .replaceAll(/<br\s*\/?>|<\/p>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Where a change is told in the ticket's history. */
const TOLD = [
  'subject',
  'status',
  'custom_status_id',
  'priority',
  'type',
  'external_id',
  'requester_id',
  'assignee_id',
  'group_id',
  'organization_id',
  'tags',
] as const;

/**
 * Adds a comment and the audit of a write, by the author that the comment names or else by `author`; `before` is null
 * for a new ticket. Null where nothing is to be told.
 */
export function addAudit(
  state: ZendeskState,
  ticket: Ticket,
  before: Ticket | null,
  author: number,
  draft: CommentDraft | undefined,
): Audit | null {
  const author_id = draft?.author_id ?? author;
  const audit: Audit = { id: state.next.id++, author_id, created_at: state.time(), events: [] };
  if (draft) {
    const comment = {
      ...draft,
      author_id,
      id: state.next.id++,
      created_at: audit.created_at,
      audit_id: audit.id,
    };
    ticket.comments.push(comment);
    audit.events.push({
      id: comment.id,
      type: 'Comment',
      author_id: comment.author_id,
      body: comment.body,
      public: comment.public,
      audit_id: audit.id,
    });
  }
  audit.events.push(...changesBetween(state, before, ticket));
  if (audit.events.length === 0) return null;
  ticket.audits.push(audit);
  return audit;
}

export function changesBetween(state: ZendeskState, before: Ticket | null, after: Ticket): AuditEvent[] {
  const events: AuditEvent[] = [];
  const told = (field_name: string, value: unknown, previous: unknown) => {
    if (JSON.stringify(value) === JSON.stringify(previous)) return;
    events.push({
      id: state.next.id++,
      type: before ? 'Change' : 'Create',
      field_name,
      value,
      ...(before ? { previous_value: previous } : {}),
    });
  };
  for (const name of TOLD) told(name, after[name], before ? before[name] : null);
  const ids = new Set([...Object.keys(before?.custom_fields ?? {}), ...Object.keys(after.custom_fields)]);
  for (const key of ids)
    told(key, after.custom_fields[key] ?? null, before ? (before.custom_fields[key] ?? null) : null);
  return events;
}
