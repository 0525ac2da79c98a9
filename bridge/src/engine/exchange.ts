import { decideConversation } from '../core/decideConversation.ts';
import type { Failure } from '../core/failure.ts';
import {
  asNote,
  decideInteractions,
  emailFields,
  isCut,
  LONGEST_BODY,
  taskFields,
} from '../core/interaction.ts';
import type { NoteWrite } from '../ports/helpDesk.ts';
import type { EntryKind, NewEntry, Written } from '../ports/org.ts';
import type { Engine } from './engine.ts';
import type { Talk } from './talk.ts';

/** What crossed, in words for the log, and how many entries Desk has more by it; or why it could not. */
export type Exchanged = { readonly crossed: readonly string[]; readonly added: number };

/** Notes and internal comments; on other channels than e-mail, e-mails of Salesforce become notes too. */
export async function exchangeNotes(engine: Engine, talk: Talk): Promise<Exchanged | Failure> {
  const { notes, salesforce, settlement } = talk;
  const emails = isEmail(talk) ? [] : (salesforce.emails ?? []).map(asNote);
  const decision = decideConversation(notes, [...salesforce.comments, ...emails], salesforce.noteLinks);
  const { salesforceId: caseId, deskId } = settlement;
  const entries = decision.toSalesforce.map((note): NewEntry => ({
    kind: 'note',
    caseId,
    deskId: note.deskId,
    object: 'CaseComment',
    records: note.parts.map((text) => ({ ParentId: caseId, CommentBody: text, IsPublished: false })),
  }));
  const refused = await write(engine, 'note', caseId, entries, decision.toLink);
  if (refused) return refused;
  for (const comment of decision.toDesk) {
    const written = await engine.desk.addNote(deskId, comment.body);
    const failure = await tie(engine, 'note', caseId, comment.id, written);
    if (failure) return failure;
  }
  return {
    crossed: [
      ...said(decision.toSalesforce.length, 'notes to Salesforce'),
      ...said(decision.toDesk.length, 'comments to Desk'),
    ],
    added: decision.toDesk.length,
  };
}

/** Messages and e-mails. A reply is made in Desk where that channel is e-mail, and never sent. */
export async function exchangeMessages(engine: Engine, talk: Talk): Promise<Exchanged | Failure> {
  const { salesforce, desk, settlement, contactId } = talk;
  const { salesforceId: caseId, deskId } = settlement;
  const emails = isEmail(talk) ? (salesforce.emails ?? []) : [];
  const happened = talk.messages.filter(({ unsent }) => !unsent);
  const decision = decideInteractions(happened, emails, salesforce.interactionLinks);
  // Without EmailMessage in the org, e-mails are tasks as well.
  const asEmail = isEmail(talk) && salesforce.emails !== null;
  const entries = decision.toSalesforce.map((message): NewEntry => ({
    kind: 'interaction',
    caseId,
    deskId: message.id,
    object: asEmail ? 'EmailMessage' : 'Task',
    records: [
      asEmail ? emailFields(message, caseId) : taskFields(message, { caseId, contactId, channel: desk.type }),
    ],
  }));
  const refused = await write(engine, 'interaction', caseId, entries, decision.toLink);
  if (refused) return refused;
  for (const email of decision.toDesk) {
    const written = await engine.desk.addReply(deskId, email);
    const failure = await tie(engine, 'interaction', caseId, email.id, written);
    if (failure) return failure;
  }
  return {
    crossed: [
      ...said(decision.toSalesforce.length, 'messages to Salesforce'),
      ...said(decision.toDesk.length, 'e-mails to Desk'),
      ...said(decision.toSalesforce.filter(isCut).length, `messages cut at ${LONGEST_BODY} characters`),
    ],
    added: decision.toDesk.length,
  };
}

const isEmail = ({ desk }: Talk) => desk.type === 'email';
const said = (count: number, what: string) => (count > 0 ? [`${count} ${what}`] : []);

/** Ties what is the same on both sides and makes what Salesforce lacks. */
async function write(
  engine: Engine,
  kind: EntryKind,
  caseId: string,
  entries: readonly NewEntry[],
  links: readonly { deskId: string; recordId: string }[],
): Promise<Failure | null> {
  const written: Written[] = [];
  if (links.length > 0)
    written.push(...(await engine.org.createEntryLinks(links.map((link) => ({ kind, caseId, ...link })))));
  if (entries.length > 0) written.push(...(await engine.org.createEntries(entries)));
  // A key that is taken is one of ours, made before a crash: there is nothing left to do.
  const refused = written.find((answer) => answer.outcome === 'refused');
  return refused?.outcome === 'refused' ? refused.failure : null;
}

/** Ties a record to the entry that was made of it in Desk. */
async function tie(
  engine: Engine,
  kind: EntryKind,
  caseId: string,
  recordId: string,
  written: NoteWrite,
): Promise<Failure | null> {
  if (written.outcome === 'refused') return written.failure;
  if (written.outcome === 'gone') return GONE_IN_DESK;
  await engine.org.createEntryLinks([{ kind, caseId, deskId: written.id, recordId }]);
  return null;
}

const GONE_IN_DESK: Failure = {
  class: 'busy',
  code: 'GONE',
  message: 'The case in Desk was deleted meanwhile.',
};
