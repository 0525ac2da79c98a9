import { decideConversation, type Entry } from '../core/decideConversation.ts';
import {
  asNote,
  decideInteractions,
  emailFields,
  isCut,
  LONGEST_BODY,
  taskAsNote,
  taskFields,
  type Interaction,
} from '../core/interaction.ts';
import type { EntryTie, NewEntry } from '../ports/org.ts';
import type { Talk } from './talk.ts';

/** What is missing of a conversation on either side, as the writes that mend it. */
export type TalkPlan = {
  readonly talk: Talk;
  /** Entries that are the same on both sides and that nothing ties yet. */
  readonly ties: readonly EntryTie[];
  readonly toSalesforce: readonly NewEntry[];
  readonly notesToDesk: readonly Entry[];
  readonly repliesToDesk: readonly Interaction[];
  /** Something may not cross under the rule, and is looked at again. */
  readonly held: boolean;
  /** In words, for the log. */
  readonly crossing: readonly string[];
};

/** Plans what crosses of one case's conversation. Pure. */
export function planTalk(talk: Talk): TalkPlan {
  const caseId = talk.settlement.salesforceId;
  const emails = talk.salesforce.emails ?? [];
  // Desk would send a reply to the channel of the case: on others than e-mail, e-mails go as notes.
  const { isEmail } = talk.desk;
  // A task that a message of Desk became is tied to it, and no news.
  const { interactionLinks } = talk.salesforce;
  const tasks = talk.salesforce.tasks.filter(
    ({ id }) => !interactionLinks.some((link) => link.recordId === id),
  );
  const comments = [
    ...talk.salesforce.comments,
    ...(isEmail ? [] : emails.map(asNote)),
    ...tasks.map(taskAsNote),
  ];
  const all = decideConversation(talk.notes, comments, talk.salesforce.noteLinks);
  const happened = talk.messages.filter(({ unsent }) => !unsent);
  const exchanged = decideInteractions(happened, isEmail ? emails : [], talk.salesforce.interactionLinks);
  const notes = permitted(all, talk.allowed);
  const messages = permitted(exchanged, talk.allowed);
  const cut = messages.toSalesforce.filter(isCut).length;
  return {
    talk,
    ties: [
      ...notes.toLink.map((tie) => ({ kind: 'note' as const, caseId, ...tie })),
      ...messages.toLink.map((tie) => ({ kind: 'interaction' as const, caseId, ...tie })),
    ],
    toSalesforce: [
      ...notes.toSalesforce.map(({ deskId, parts }): NewEntry => ({
        kind: 'note',
        caseId,
        deskId,
        object: 'CaseComment',
        records: parts.map((text) => ({ ParentId: caseId, CommentBody: text, IsPublished: false })),
      })),
      ...messages.toSalesforce.map((message) => newMessage(message, talk, isEmail)),
    ],
    held: notes.held || messages.held,
    notesToDesk: notes.toDesk,
    repliesToDesk: messages.toDesk,
    crossing: [
      ...said(notes.toSalesforce.length, 'notes to Salesforce'),
      ...said(notes.toDesk.length, 'comments to Desk'),
      ...said(messages.toSalesforce.length, 'messages to Salesforce'),
      ...said(messages.toDesk.length, 'e-mails to Desk'),
      ...said(cut, `messages cut at ${LONGEST_BODY} characters`),
    ],
  };
}

/** What may cross of what is missing on either side. */
function permitted<
  P extends { readonly toSalesforce: readonly unknown[]; readonly toDesk: readonly unknown[] },
>(missing: P, allowed: Talk['allowed']): P & { readonly held: boolean } {
  const held =
    (!allowed.toSalesforce && missing.toSalesforce.length > 0) ||
    (!allowed.toDesk && missing.toDesk.length > 0);
  return {
    ...missing,
    toSalesforce: allowed.toSalesforce ? missing.toSalesforce : [],
    toDesk: allowed.toDesk ? missing.toDesk : [],
    held,
  };
}

function newMessage(message: Interaction, talk: Talk, isEmail: boolean): NewEntry {
  const { contactId, desk, settlement, salesforce } = talk;
  const caseId = settlement.salesforceId;
  const common = { kind: 'interaction', caseId, deskId: message.id } as const;
  // Without EmailMessage in the org, e-mails are tasks as well.
  return isEmail && salesforce.emails !== null
    ? { ...common, object: 'EmailMessage', records: [emailFields(message, caseId)] }
    : {
        ...common,
        object: 'Task',
        records: [taskFields(message, { caseId, contactId, channel: desk.type })],
      };
}

const said = (count: number, what: string) => (count > 0 ? [`${count} ${what}`] : []);
