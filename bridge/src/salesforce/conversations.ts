import { RequestFailed } from '../core/failure.ts';
import type { Interaction } from '../core/interaction.ts';
import type { Conversation, EntryKind, EntryTie, NewEntry, Org } from '../ports/org.ts';
import { writeCollection } from './collections.ts';
import { sendGraphs, type Node } from './graph.ts';
import { LINK_OBJECT } from './links.ts';
import type { Session } from './session.ts';
import { inLists } from './soql.ts';

type Conversations = Pick<Org, 'conversations' | 'commentedSince' | 'createEntries' | 'createEntryLinks'>;
type CommentRow = { readonly Id: string; readonly ParentId: string; readonly CommentBody: string | null };
type EmailRow = {
  readonly Id: string;
  readonly ParentId: string;
  readonly Incoming: boolean;
  readonly FromAddress: string | null;
  readonly ToAddress: string | null;
  readonly Subject: string | null;
  readonly TextBody: string | null;
  readonly MessageDate: string | null;
};
type TaskRow = {
  readonly Id: string;
  readonly WhatId: string;
  readonly Subject: string | null;
  readonly Description: string | null;
};
type LinkRow = {
  readonly Pair__c: EntryKind;
  readonly Case__c: string;
  readonly Desk_Id__c: string;
  readonly Record_Id__c: string;
};
type ChildRow = { readonly Id: string; readonly ParentId: string; readonly SystemModstamp: string };
type ChangedTask = { readonly Id: string; readonly WhatId: string; readonly SystemModstamp: string };

const COMMENTS = 'CaseComment WHERE IsPublished = false';
/** An e-mail that is kept has a task of its own, which says nothing more. */
const TASKS = "Task WHERE IsClosed = true AND TaskSubtype != 'Email' AND What.Type = 'Case'";
/** Status 5 is a draft, which may yet change or never be sent. */
const EMAILS = "EmailMessage WHERE Status != '5'";

/** Internal comments, e-mails and tasks of cases, tied to what Desk has by rows of `Desk_Link__c`. */
export function conversationsOverRest(session: Session): Conversations {
  return {
    conversations: (caseIds) => read(session, caseIds),
    commentedSince: (since) => commentedSince(session, since),
    createEntries: async (entries) => {
      const outcomes = await sendGraphs(
        session,
        entries.map((entry) => nodes(session.apiVersion, entry)),
      );
      return outcomes.map((outcome) => {
        if (outcome.done) return { outcome: 'done', id: outcome.id('r0') };
        return { outcome: outcome.ours ? 'taken' : 'refused', failure: outcome.failure };
      });
    },
    createEntryLinks: (ties) =>
      writeCollection(
        session,
        'POST',
        ties.map((tie) => ({ attributes: { type: LINK_OBJECT }, ...entryLink(tie, 1) })),
      ),
  };
}

async function read(session: Session, caseIds: readonly string[]): Promise<Map<string, Conversation>> {
  const found = new Map<string, Conversation>();
  for (const list of inLists(caseIds)) {
    const emails = await ifKept(
      session.query<EmailRow>(
        `SELECT Id, ParentId, Incoming, FromAddress, ToAddress, Subject, TextBody, MessageDate FROM ${EMAILS} AND ParentId IN (${list}) ORDER BY CreatedDate, Id`,
      ),
    );
    const comments = await session.query<CommentRow>(
      `SELECT Id, ParentId, CommentBody FROM ${COMMENTS} AND ParentId IN (${list}) ORDER BY CreatedDate, Id`,
    );
    const tasks = await session.query<TaskRow>(
      `SELECT Id, WhatId, Subject, Description FROM ${TASKS} AND WhatId IN (${list}) ORDER BY CreatedDate, Id`,
    );
    const links = await session.query<LinkRow>(
      `SELECT Id, Pair__c, Case__c, Desk_Id__c, Record_Id__c FROM ${LINK_OBJECT} WHERE Pair__c IN ('note','interaction') AND Case__c IN (${list})`,
    );
    const of = (id: string) => {
      const known = found.get(id) ?? {
        comments: [],
        emails: emails && [],
        tasks: [],
        noteLinks: [],
        interactionLinks: [],
      };
      found.set(id, known);
      return known;
    };
    for (const row of comments) of(row.ParentId).comments.push({ id: row.Id, body: row.CommentBody ?? '' });
    for (const row of emails ?? []) of(row.ParentId).emails?.push(interaction(row));
    for (const row of tasks)
      of(row.WhatId).tasks.push({ id: row.Id, subject: row.Subject, body: row.Description ?? '' });
    const caseOf = new Map([
      ...comments.map(({ Id, ParentId }) => [Id, ParentId] as const),
      ...(emails ?? []).map(({ Id, ParentId }) => [Id, ParentId] as const),
      ...tasks.map(({ Id, WhatId }) => [Id, WhatId] as const),
    ]);
    for (const link of links) caseOf.delete(link.Record_Id__c);
    for (const row of [...links, ...(await strayLinks(session, caseOf))]) {
      const tie = { deskId: row.Desk_Id__c, recordId: row.Record_Id__c };
      if (row.Pair__c === 'note') of(row.Case__c).noteLinks.push(tie);
      else of(row.Case__c).interactionLinks.push(tie);
    }
    if (emails === null) for (const id of caseIds) of(id);
  }
  return found;
}

/**
 * Links of records that their cases know nothing of: a case that was deleted is taken off its links, and comes back
 * from the recycle bin without them.
 */
async function strayLinks(session: Session, caseOf: ReadonlyMap<string, string>): Promise<LinkRow[]> {
  const strays: LinkRow[] = [];
  for (const list of inLists([...caseOf.keys()])) {
    const rows = await session.query<Omit<LinkRow, 'Case__c'>>(
      `SELECT Id, Pair__c, Desk_Id__c, Record_Id__c FROM ${LINK_OBJECT} WHERE Record_Id__c IN (${list})`,
    );
    for (const row of rows) strays.push({ ...row, Case__c: caseOf.get(row.Record_Id__c) ?? '' });
  }
  return strays;
}

function interaction(row: EmailRow): Interaction {
  return {
    id: row.Id,
    direction: row.Incoming ? 'in' : 'out',
    subject: row.Subject,
    body: row.TextBody ?? '',
    from: row.FromAddress,
    to: row.ToAddress,
    at: row.MessageDate,
  };
}

/** An org where Email-to-Case was never on has no EmailMessage, and a user may be kept from it. */
async function ifKept<T>(rows: Promise<T[]>): Promise<T[] | null> {
  try {
    return await rows;
  } catch (error) {
    if (error instanceof RequestFailed && error.failure.class === 'permission') return null;
    throw error;
  }
}

async function commentedSince(session: Session, since: string) {
  const from = `${new Date(since).toISOString().slice(0, 19)}Z`;
  const changed = (what: string) =>
    session.query<ChildRow>(
      `SELECT Id, ParentId, SystemModstamp FROM ${what} AND SystemModstamp >= ${from} ORDER BY SystemModstamp`,
    );
  const emails = (await ifKept(changed(EMAILS))) ?? [];
  const tasks = await session.query<ChangedTask>(
    `SELECT Id, WhatId, SystemModstamp FROM ${TASKS} AND SystemModstamp >= ${from} ORDER BY SystemModstamp`,
  );
  // What is tied came from Desk, or went there: nothing is to be done about it.
  const rows = [
    ...(await changed(COMMENTS)),
    ...emails.filter(({ ParentId }) => isIdOfCase(ParentId)),
    ...tasks.map(({ WhatId, ...task }) => ({ ...task, ParentId: WhatId })),
  ];
  const tied = new Set<string>();
  for (const list of inLists(rows.map(({ Id }) => Id))) {
    const links = await session.query<{ Record_Id__c: string }>(
      `SELECT Id, Record_Id__c FROM ${LINK_OBJECT} WHERE Record_Id__c IN (${list})`,
    );
    for (const { Record_Id__c } of links) tied.add(Record_Id__c);
  }
  const stamps = new Map<string, string>();
  for (const { Id, ParentId, SystemModstamp } of rows) {
    if (!tied.has(Id) && SystemModstamp > (stamps.get(ParentId) ?? '')) stamps.set(ParentId, SystemModstamp);
  }
  return [...stamps].map(([caseId, stamp]) => ({ caseId, stamp }));
}

function entryLink({ kind, caseId, deskId, recordId }: EntryTie, part: number) {
  return {
    Desk_Key__c: part === 1 ? `${kind}:${deskId}` : `${kind}:${deskId}:${part}`,
    Pair__c: kind,
    Status__c: 'In Step',
    Desk_Id__c: deskId,
    Record_Id__c: recordId,
    Case__c: caseId,
  };
}

function nodes(version: string, { kind, caseId, deskId, object, records }: NewEntry): Node[] {
  const base = `/services/data/v${version}/sobjects`;
  return records.flatMap((body, index): Node[] => [
    { method: 'POST', url: `${base}/${object}`, referenceId: `r${index}`, body },
    {
      method: 'POST',
      url: `${base}/${LINK_OBJECT}`,
      referenceId: `l${index}`,
      body: entryLink({ kind, caseId, deskId, recordId: `@{r${index}.id}` }, index + 1),
    },
  ]);
}

/** An e-mail may belong to no case, or to nothing. */
function isIdOfCase(id: unknown): boolean {
  return typeof id === 'string' && id.startsWith('500');
}
