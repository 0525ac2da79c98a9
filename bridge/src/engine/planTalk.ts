import { decideConversation, type Entry } from '../core/decideConversation.ts';
import {
  asNote,
  decideInteractions,
  emailFields,
  isCut,
  LONGEST_BODY,
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
  /** In words, for the log. */
  readonly crossing: readonly string[];
};

/** Plans what crosses of one case's conversation. Pure. */
export function planTalk(talk: Talk): TalkPlan {
  const caseId = talk.settlement.salesforceId;
  const emails = talk.salesforce.emails ?? [];
  // Desk would send a reply to the channel of the case: on others than e-mail, e-mails go as notes.
  const isEmail = talk.desk.type === 'email';
  const comments = [...talk.salesforce.comments, ...(isEmail ? [] : emails.map(asNote))];
  const notes = decideConversation(talk.notes, comments, talk.salesforce.noteLinks);
  const happened = talk.messages.filter(({ unsent }) => !unsent);
  const messages = decideInteractions(happened, isEmail ? emails : [], talk.salesforce.interactionLinks);
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
