import type { Look, Looked } from '../ports/org.ts';
import { requestFailure, unexpectedAnswer } from './failures.ts';
import type { Session } from './session.ts';
import { literal } from './soql.ts';

type SubAnswer = {
  readonly referenceId: string;
  readonly httpStatusCode: number;
  readonly body: unknown;
};

const referenceOf = (index: number) => `look${index}`;

/** Several queries as one composite request, which is one call of the day's. */
export async function lookAt(session: Session, looks: readonly Look[]): Promise<readonly Looked[]> {
  const compositeRequest = looks.map((look, index) => ({
    method: 'GET',
    url: `/services/data/v${session.apiVersion}/query?q=${encodedQuery(look)}`,
    referenceId: referenceOf(index),
  }));
  const answer = await session.request<{ compositeResponse?: readonly SubAnswer[] } | null>(
    'POST',
    '/composite',
    { allOrNone: false, compositeRequest },
  );
  const answers = answer?.compositeResponse;
  if (!Array.isArray(answers)) throw unexpectedAnswer('composite request');
  const byReference = new Map(answers.map((one) => [one.referenceId, one] as const));
  return looks.map((_, index) => looked(byReference.get(referenceOf(index))));
}

/** The query, encoded, but for a reference to the first answer: Salesforce replaces that one in the plain text. */
function encodedQuery({ object, fields, by, is, condition, orderBy, limit }: Look): string {
  const columns = [...new Set(['Id', ...fields])].join(', ');
  const before = `SELECT ${columns} FROM ${object} WHERE ${by} = `;
  const after = `${condition === null ? '' : ` AND (${condition})`}${orderBy === null ? '' : ` ORDER BY ${orderBy}`} LIMIT ${limit}`;
  const value =
    'id' in is ? encodeURIComponent(literal(is.id)) : `'@{${referenceOf(0)}.records[0].${is.ofFirst}}'`;
  return `${encodeURIComponent(before)}${value}${encodeURIComponent(after)}`;
}

function looked(answer: SubAnswer | undefined): Looked {
  if (!answer) throw unexpectedAnswer('composite request');
  const { httpStatusCode: status, body } = answer;
  const records = (body as { records?: unknown } | null)?.records;
  if (status < 300 && Array.isArray(records)) return { outcome: 'found', records };
  return { outcome: 'refused', failure: requestFailure(status, JSON.stringify(body), null) };
}
