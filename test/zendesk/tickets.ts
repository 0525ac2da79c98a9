import type { Account } from './account.ts';
import { addAudit, commentIn, type CommentDraft } from './comments.ts';
import { defaultFor } from './customStatuses.ts';
import { flag, id, objects, text, type Input } from './input.ts';
import { recordInvalid, recordNotFound, ZendeskProblem } from './problem.ts';
import type { Audit, Ticket, User } from './records.ts';
import type { ZendeskState } from './state.ts';
import { checkedTicket } from './ticketValues.ts';
import { runTriggers } from './triggers.ts';

const MOST_COMMENTS = 5_000;

export const presentTickets = (state: ZendeskState) =>
  state.tables.tickets.filter((one) => one.deleted_at === null);

/** @throws 404 also for one that is deleted */
export function findTicket(state: ZendeskState, ticketId: string | number): Ticket {
  const ticket = state.tables.tickets.find((one) => one.id === Number(ticketId));
  if (!ticket || ticket.deleted_at !== null) throw recordNotFound();
  return ticket;
}

/** The submitter, who is the requester if nobody else is named, is the author of the first comment. @throws 422 */
export function createTicket(account: Account, input: Input, by: User): Ticket {
  const { state } = account;
  // Looked at before the rest, which may make a requester: a refused ticket leaves nobody behind.
  const draft = commentIn(state, input);
  if (!draft) throw recordInvalid('base', 'Description: cannot be blank', 'BlankValue');
  const changes = checkedTicket(account, input, null);
  const submitter = id(input, 'submitter_id') ?? changes.requester_id ?? by.id;
  const ticket = blank(state, by, submitter, draft, changes);
  const audit = addAudit(state, ticket, null, submitter, draft);
  state.add(state.tables.tickets, ticket);
  if (audit)
    runTriggers(account, { ticket, before: null, comment: ticket.comments.at(-1) ?? null, by, audit });
  return ticket;
}

function blank(
  state: ZendeskState,
  by: User,
  submitter: number,
  draft: CommentDraft,
  changes: Partial<Ticket>,
): Ticket {
  const requester = changes.requester_id ?? by.id;
  return {
    ...state.stamps(state.next.ticket++),
    subject: null,
    description: draft.body,
    status: 'new',
    custom_status_id: defaultFor(state, 'new').id,
    priority: null,
    type: null,
    external_id: null,
    requester_id: requester,
    submitter_id: submitter,
    assignee_id: null,
    group_id: null,
    organization_id: state.tables.users.find((one) => one.id === requester)?.organization_id ?? null,
    tags: [],
    custom_fields: {},
    channel: 'api',
    comments: [],
    audits: [],
    deleted_at: null,
    ...changes,
  };
}

/**
 * A ticket of another time, with its comments; triggers do not see it, so nobody is told. Times may be given.
 * @throws 422
 */
export function importTicket(account: Account, input: Input, by: User): Ticket {
  const { state } = account;
  const comments = input['comments'] === undefined ? [] : objects(input, 'comments');
  const drafts = comments.flatMap((comment) => {
    const draft = commentIn(state, { comment: { body: comment['value'], ...comment } });
    const at = timeIn(comment, 'created_at');
    if (at !== undefined && Date.parse(at) > state.now())
      throw recordInvalid('created_at', 'Created at: is in the future', 'InvalidValue');
    return draft ? [{ draft, at }] : [];
  });
  const [first] = drafts;
  const description = text(input, 'description') ?? first?.draft.body;
  if (!description) throw recordInvalid('base', 'Description: cannot be blank', 'BlankValue');
  const opening = first?.draft ?? { author_id: null, body: description, public: true };
  const changes = checkedTicket(account, input, null);
  const submitter = id(input, 'submitter_id') ?? changes.requester_id ?? by.id;
  const ticket = blank(state, by, submitter, { ...opening, body: description }, changes);
  for (const { draft, at } of first ? drafts : [{ draft: opening, at: undefined }]) {
    addAudit(state, ticket, ticket.audits.length === 0 ? null : ticket, submitter, draft);
    const added = ticket.comments.at(-1);
    if (added && at !== undefined) ticket.comments[ticket.comments.length - 1] = { ...added, created_at: at };
  }
  ticket.created_at = timeIn(input, 'created_at') ?? ticket.created_at;
  ticket.updated_at = timeIn(input, 'updated_at') ?? ticket.updated_at;
  return state.add(state.tables.tickets, ticket);
}

function timeIn(input: Input, name: string): string | undefined {
  const value = text(input, name);
  if (!value) return undefined;
  if (Number.isNaN(Date.parse(value))) throw recordInvalid(name, `${name}: is invalid`, 'InvalidValue');
  return `${new Date(value).toISOString().slice(0, 19)}Z`;
}

/** @throws 409 where a safe update comes too late, 422 where the ticket is closed */
export function updateTicket(account: Account, ticket: Ticket, input: Input, by: User): Audit | null {
  const { state } = account;
  checkStamp(ticket, input);
  if (ticket.status === 'closed')
    throw recordInvalid('status', 'Status: closed prevents ticket update', 'ClosedTicket');
  const draft = commentIn(state, input);
  if (draft && ticket.comments.length >= MOST_COMMENTS)
    throw recordInvalid('base', `Ticket: has ${MOST_COMMENTS} comments already`, 'TooMany');
  const changes = { ...reopening(state, ticket, input, draft), ...checkedTicket(account, input, ticket) };
  const before = structuredClone(ticket);
  Object.assign(ticket, changes);
  const audit = addAudit(state, ticket, before, by.id, draft);
  if (audit === null) return null;
  ticket.updated_at = state.time();
  state.touch(ticket);
  const comment = draft ? (ticket.comments.at(-1) ?? null) : null;
  runTriggers(account, { ticket, before, comment, by, audit });
  return audit;
}

/** @throws 409 */
function checkStamp(ticket: Ticket, input: Input): void {
  if (flag(input, 'safe_update') !== true) return;
  const stamp = Date.parse(text(input, 'updated_stamp') ?? '');
  if (stamp !== Date.parse(ticket.updated_at))
    throw new ZendeskProblem(409, {
      error: 'UpdateConflict',
      description: 'Safe Update prevented the update due to outdated ticket data.',
    });
}

/** An end user who answers opens the ticket again. */
function reopening(
  state: ZendeskState,
  ticket: Ticket,
  input: Input,
  draft: CommentDraft | undefined,
): Partial<Ticket> {
  const author = state.tables.users.find((one) => one.id === draft?.author_id);
  const waits = ['pending', 'hold', 'solved'].includes(ticket.status);
  if (!draft?.public || author?.role !== 'end-user' || !waits || input['status'] !== undefined) return {};
  return { status: 'open', custom_status_id: defaultFor(state, 'open').id };
}

export function deleteTicket(state: ZendeskState, ticket: Ticket): void {
  state.change(ticket, { deleted_at: state.time() });
}

export function restoreTicket(state: ZendeskState, ticket: Ticket): void {
  state.change(ticket, { deleted_at: null });
}

/** The source is closed, and each side has a comment. @throws 422 */
export function mergeTickets(account: Account, target: Ticket, source: Ticket, input: Input, by: User): void {
  if (source === target || target.status === 'closed' || source.status === 'closed')
    throw recordInvalid('base', 'Ticket: cannot be merged', 'InvalidValue');
  const { state } = account;
  const told = (ticket: Ticket, side: 'source' | 'target', other: Ticket) => ({
    body: text(input, `${side}_comment`) ?? `Request #${other.id} was merged with request #${ticket.id}.`,
    public: flag(input, `${side}_comment_is_public`) ?? false,
  });
  updateTicket(account, target, { comment: told(target, 'target', source) }, by);
  updateTicket(
    account,
    source,
    { comment: told(source, 'source', target), additional_tags: ['closed_by_merge'] },
    by,
  );
  state.change(source, { status: 'closed', custom_status_id: defaultFor(state, 'closed').id });
}
