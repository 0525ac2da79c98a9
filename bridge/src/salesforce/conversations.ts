import type { Entry, EntryLink } from '../core/decideConversation.ts';
import type { Org, Written } from '../ports/org.ts';
import { recordFailure, type SalesforceProblem } from './failures.ts';
import { LINK_OBJECT } from './links.ts';
import type { Session } from './session.ts';
import { inLists } from './soql.ts';

type Conversations = Pick<Org, 'conversations' | 'commentedSince' | 'createComments' | 'createNoteLinks'>;
type CommentRow = { readonly Id: string; readonly ParentId: string; readonly CommentBody: string | null };
type LinkRow = { readonly Case__c: string; readonly Desk_Id__c: string; readonly Record_Id__c: string };
type Node = { readonly body: unknown };
type GraphAnswer = {
  readonly graphs: readonly {
    readonly isSuccessful: boolean;
    readonly graphResponse: { readonly compositeResponse: readonly Node[] };
  }[];
};

/** A note's comments and their links are two nodes a part; a request takes 500. */
const NOTES_PER_REQUEST = 20;

/** Internal comments of cases, tied to notes of Desk by rows of `Desk_Link__c`. */
export function conversationsOverRest(session: Session): Conversations {
  return {
    conversations: async (caseIds) => {
      const found = new Map<string, { comments: Entry[]; links: EntryLink[] }>(
        caseIds.map((id) => [id, { comments: [], links: [] }]),
      );
      for (const list of inLists(caseIds)) {
        const comments = await session.query<CommentRow>(
          `SELECT Id, ParentId, CommentBody FROM CaseComment WHERE ParentId IN (${list}) AND IsPublished = false ORDER BY CreatedDate, Id`,
        );
        for (const row of comments)
          found.get(row.ParentId)?.comments.push({ id: row.Id, body: row.CommentBody ?? '' });
        const links = await session.query<LinkRow>(
          `SELECT Case__c, Desk_Id__c, Record_Id__c FROM ${LINK_OBJECT} WHERE Pair__c = 'note' AND Case__c IN (${list})`,
        );
        for (const row of links)
          found.get(row.Case__c)?.links.push({ deskId: row.Desk_Id__c, recordId: row.Record_Id__c });
      }
      return found;
    },
    commentedSince: async (since) => {
      const from = `${new Date(since).toISOString().slice(0, 19)}Z`;
      const rows = await session.query<{ ParentId: string; SystemModstamp: string }>(
        `SELECT ParentId, SystemModstamp FROM CaseComment WHERE IsPublished = false AND SystemModstamp >= ${from} ORDER BY SystemModstamp`,
      );
      return [...new Map(rows.map((row) => [row.ParentId, row.SystemModstamp]))].map(([caseId, stamp]) => ({
        caseId,
        stamp,
      }));
    },
    createComments: async (items) => {
      const written: Written[] = [];
      for (let start = 0; start < items.length; start += NOTES_PER_REQUEST) {
        const graphs = items.slice(start, start + NOTES_PER_REQUEST).map((item, index) => ({
          graphId: `n${index}`,
          compositeRequest: nodes(session.apiVersion, item),
        }));
        const answer = await session.request<GraphAnswer>('POST', '/composite/graph', { graphs });
        written.push(...answer.graphs.map(outcome));
      }
      return written;
    },
    createNoteLinks: async (items) => {
      if (items.length === 0) return [];
      const records = items.map((item) => ({ attributes: { type: LINK_OBJECT }, ...noteLink(item, 1) }));
      const answers = await session.request<
        readonly { id?: string; success: boolean; errors: SalesforceProblem[] }[]
      >('POST', '/composite/sobjects', { allOrNone: false, records });
      return answers.map(({ id, success, errors }) =>
        success ? { outcome: 'done', id: id ?? '' } : refused(errors[0]),
      );
    },
  };
}

function noteLink(
  { caseId, deskId, recordId }: { caseId: string; deskId: string; recordId: string },
  part: number,
) {
  const key = part === 1 ? `note:${deskId}` : `note:${deskId}:${part}`;
  return {
    Desk_Key__c: key,
    Pair__c: 'note',
    Status__c: 'In Step',
    Desk_Id__c: deskId,
    Record_Id__c: recordId,
    Case__c: caseId,
  };
}

function nodes(version: string, { caseId, deskId, parts }: Parameters<Org['createComments']>[0][number]) {
  const base = `/services/data/v${version}/sobjects`;
  return parts.flatMap((text, index) => [
    {
      method: 'POST',
      url: `${base}/CaseComment`,
      referenceId: `c${index}`,
      body: { ParentId: caseId, CommentBody: text, IsPublished: false },
    },
    {
      method: 'POST',
      url: `${base}/${LINK_OBJECT}`,
      referenceId: `l${index}`,
      body: noteLink({ caseId, deskId, recordId: `@{c${index}.id}` }, index + 1),
    },
  ]);
}

function outcome({
  isSuccessful,
  graphResponse: { compositeResponse },
}: GraphAnswer['graphs'][number]): Written {
  const first = compositeResponse[0]?.body as { id?: string } | undefined;
  if (isSuccessful) return { outcome: 'done', id: first?.id ?? '' };
  const problems = compositeResponse.flatMap(({ body }) =>
    Array.isArray(body) ? (body as SalesforceProblem[]) : [],
  );
  return refused(problems.find((problem) => problem.errorCode !== 'PROCESSING_HALTED'));
}

function refused(problem: SalesforceProblem | undefined): Written {
  const failure = recordFailure(problem);
  return failure.code === 'DUPLICATE_VALUE' ? { outcome: 'taken', failure } : { outcome: 'refused', failure };
}
