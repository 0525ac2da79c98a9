import { writtenValues } from './customFields.ts';
import { byId } from './finder.ts';
import { linkedId, text, without, type Input } from './input.ts';
import { invalid } from './problem.ts';
import { KEY, type Case, type DeskState, type Message, type Note } from './state.ts';

const STATUSES = ['new', 'open', 'pending', 'resolved', 'closed', 'deleted'];
const TYPES = ['email', 'chat', 'twitter', 'qna', 'facebook', 'phone'];
/** Where Desk cuts a description, without a word. */
const DESCRIPTION = 255;

function checked(state: DeskState, input: Input, own: Case | null): Partial<Case> {
  const status = text(input, 'status') ?? undefined;
  if (status !== undefined && !STATUSES.includes(status)) throw invalid({ status: ['inclusion'] });
  if (own && own.status !== 'new' && status === 'new') throw invalid({ status: ['invalid'] });
  const priority = input['priority'] === undefined ? undefined : Number(input['priority']);
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 1 && priority <= 10))
    throw invalid({ priority: ['inclusion'] });
  const externalId = text(input, 'external_id', 255);
  if (externalId && state.cases.first(KEY.externalId(externalId), own))
    throw invalid({ external_id: ['taken'] });
  const description = text(input, 'description');
  return without({
    subject: text(input, 'subject', 255) ?? (input['subject'] === null ? '' : undefined),
    description: description?.slice(0, DESCRIPTION) ?? description,
    status,
    priority,
    external_id: externalId,
    language: text(input, 'language'),
    labels: labelsOf(state, input, own),
    custom_fields: writtenValues(state, 'ticket', input, own?.custom_fields ?? {}),
    customer_id: customerOf(state, input),
    assigned_user_id: linkedId(input, 'assigned_user'),
    assigned_group_id: linkedId(input, 'assigned_group'),
  });
}

function customerOf(state: DeskState, input: Input): number | undefined {
  const id = linkedId(input, 'customer');
  if (id === undefined) return undefined;
  if (id === null || !byId(state.tables.customers, id)) throw invalid({ _links: { customer: ['invalid'] } });
  return id;
}

function labelsOf(state: DeskState, input: Input, own: Case | null): string[] | undefined {
  const sent = input['labels'];
  if (sent === undefined) return undefined;
  if (!Array.isArray(sent)) throw invalid({ labels: ['invalid'] });
  const names = sent.map(String);
  for (const name of names) {
    if (!state.tables.labels.some((label) => label.name === name))
      state.tables.labels.push({ id: state.nextId++, name });
  }
  const kept = input['label_action'] === 'replace' ? [] : (own?.labels ?? []);
  return [...new Set([...kept, ...names])].sort();
}

export function createCase(state: DeskState, input: Input, customerId?: number): Case {
  const type = text(input, 'type');
  if (!type) throw invalid({ type: ['blank'] });
  if (!TYPES.includes(type)) throw invalid({ type: ['inclusion'] });
  const changes = checked(state, input, null);
  const owner = customerId ?? changes.customer_id;
  if (owner === undefined) throw invalid({ _links: { customer: ['blank'] } });
  const message = input['message'];
  if (typeof message !== 'object' || message === null) throw invalid({ message: ['blank'] });
  const stamps = state.stamps();
  const deskCase: Case = {
    ...stamps,
    external_id: null,
    subject: '',
    description: null,
    status: 'new',
    priority: type === 'email' ? 4 : 5,
    type,
    labels: [],
    language: null,
    custom_fields: {},
    changed_at: stamps.updated_at,
    received_at: stamps.created_at,
    opened_at: null,
    first_opened_at: null,
    resolved_at: null,
    first_resolved_at: null,
    assigned_user_id: null,
    assigned_group_id: null,
    replies: [],
    notes: [],
    ...changes,
    message: messageFrom(state, message as Input, type, null),
    customer_id: owner,
  };
  if (deskCase.subject === '') deskCase.subject = deskCase.message.subject ?? '';
  sendIfDue(state, deskCase.id, deskCase.message);
  return state.add(state.tables.cases, deskCase);
}

export function updateCase(state: DeskState, deskCase: Case, input: Input): void {
  if (input['type'] !== undefined && input['type'] !== deskCase.type) throw invalid({ type: ['invalid'] });
  // A closed case is read-only for good.
  if (deskCase.status === 'closed') throw invalid({ status: ['closed'] });
  const changes = checked(state, input, deskCase);
  const time = state.time();
  if (changes.status === 'open' && deskCase.status !== 'open')
    Object.assign(changes, { opened_at: time, first_opened_at: deskCase.first_opened_at ?? time });
  if (changes.status === 'resolved' && deskCase.status !== 'resolved')
    Object.assign(changes, { resolved_at: time, first_resolved_at: deskCase.first_resolved_at ?? time });
  state.change(deskCase, changes);
}

function messageFrom(state: DeskState, input: Input, channel: string, deskCase: Case | null): Message {
  const direction = text(input, 'direction') ?? (deskCase ? 'out' : undefined);
  if (direction !== 'in' && direction !== 'out')
    throw invalid({ message: { direction: [direction === undefined ? 'blank' : 'inclusion'] } });
  const status =
    text(input, 'status') ?? (direction === 'in' ? 'received' : channel === 'email' ? 'draft' : 'sent');
  if (!['received', 'draft', 'pending', 'sent', 'failed'].includes(status))
    throw invalid({ message: { status: ['inclusion'] } });
  const body = text(input, 'body');
  if (!body) throw invalid({ message: { body: ['blank'] } });
  return {
    ...state.stamps(),
    direction,
    status,
    body,
    subject: text(input, 'subject') ?? (deskCase ? `Re: ${deskCase.subject}` : null),
    to: text(input, 'to') ?? null,
    from: text(input, 'from') ?? null,
    cc: text(input, 'cc') ?? null,
    bcc: text(input, 'bcc') ?? null,
  };
}

/** `pending` queues a message for sending; everything else only stores it. */
function sendIfDue(state: DeskState, caseId: number, message: Message): void {
  if (message.direction === 'out' && message.status === 'pending')
    state.emailsSent.push({ caseId, body: message.body });
}

export function addReply(state: DeskState, deskCase: Case, input: Input): Message {
  const reply = messageFrom(state, input, deskCase.type, deskCase);
  deskCase.replies.push(reply);
  sendIfDue(state, deskCase.id, reply);
  state.change(deskCase, { updated_at: '' });
  return reply;
}

export function addNote(state: DeskState, deskCase: Case, input: Input): Note {
  const body = text(input, 'body');
  if (!body) throw invalid({ body: ['blank'] });
  const note = { ...state.stamps(), body };
  deskCase.notes.push(note);
  state.change(deskCase, { updated_at: '' });
  return note;
}
