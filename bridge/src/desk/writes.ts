import type { Failure } from '../core/failure.ts';
import type { PairKind } from '../core/pair.ts';
import { withoutValues } from '../core/redact.ts';
import { eachAlone, refused } from '../http/eachAlone.ts';
import type { DeskNew, DeskRemoval, DeskUpdate, DeskWrite } from '../ports/helpDesk.ts';
import { isDeleted } from './deleted.ts';
import type { DeskHttp, DeskResponse } from './http.ts';
import { recordFrom } from './schemas.ts';
import { newCaseBody, pathOf, writeBody } from './writeBody.ts';

/** What is said with each change of a case. */
type Quiet = { readonly suppress_rules?: true };

/** Makes records, each with a request of its own: Desk takes one a request. One that was made before has its external id: it is taken. */
export async function createEach(
  http: DeskHttp,
  pair: PairKind,
  records: readonly DeskNew[],
): Promise<DeskWrite[]> {
  return eachAlone(records, async ({ changes }) => {
    const body = pair === 'case' ? newCaseBody(changes) : writeBody(pair, changes);
    return outcome(pair, await http.write('POST', pathOf(pair), body));
  });
}

export async function updateEach(
  http: DeskHttp,
  pair: PairKind,
  records: readonly DeskUpdate[],
  quiet: Quiet,
): Promise<DeskWrite[]> {
  return eachAlone(records, async ({ id, changes }) => {
    const body = { ...writeBody(pair, changes), ...(pair === 'case' ? quiet : {}) };
    return outcome(pair, await http.write('PATCH', `${pathOf(pair)}/${id}`, body));
  });
}

/** Gives cases the status that Desk keeps deleted ones by. */
export async function removeEach(
  http: DeskHttp,
  caseIds: readonly string[],
  quiet: Quiet,
): Promise<DeskRemoval[]> {
  const changes = { status: 'deleted' };
  const written = await updateEach(
    http,
    'case',
    caseIds.map((id) => ({ id, changes })),
    quiet,
  );
  return written.map((answer) =>
    answer.outcome === 'refused' || answer.outcome === 'taken'
      ? refused(answer.failure)
      : { outcome: 'done' },
  );
}

/** Desk's words for what can be taken. */
const FIELD: Readonly<Record<string, 'externalId' | 'name' | 'email'>> = {
  external_id: 'externalId',
  name: 'name',
  emails: 'email',
};

function outcome(pair: PairKind, { status, body }: DeskResponse): DeskWrite {
  if (status === 404) return { outcome: 'gone' };
  if (status !== 422) {
    const record = recordFrom(pair, body);
    // Desk takes changes of a deleted case, which stays deleted.
    return isDeleted(record) ? { outcome: 'gone' } : { outcome: 'done', record };
  }
  const errors = (body as { errors?: unknown } | null)?.errors ?? {};
  const leaves = [...leavesOf(errors, [])];
  const taken = leaves.find((leaf) => leaf.code === 'taken');
  const said = (body as { message?: unknown } | null)?.message;
  const text =
    leaves.map((leaf) => `${leaf.path} is ${leaf.code}`).join('; ') ||
    (typeof said === 'string' ? said : 'refused');
  const failure: Failure = {
    class: taken ? 'duplicate' : 'validation',
    code: taken ? 'taken' : (leaves[0]?.code ?? 'HTTP 422'),
    message: `Desk refuses it: ${withoutValues(text)}.`,
  };
  if (taken) return { outcome: 'taken', field: FIELD[taken.path.split('.')[0] ?? ''] ?? 'other', failure };
  return refused(failure);
}

/** Requests to Desk are not nested deeper. */
const DEEPEST = 8;

/** The codes of a 422, which mirrors the shape of the request: `{emails: [{value: ['taken']}]}`. */
function* leavesOf(errors: unknown, path: readonly string[]): Generator<{ path: string; code: string }> {
  if (path.length > DEEPEST) return;
  if (typeof errors === 'string') yield { path: path.join('.'), code: errors };
  else if (Array.isArray(errors)) {
    for (const one of errors) if (!Array.isArray(one)) yield* leavesOf(one, path);
  } else if (typeof errors === 'object' && errors !== null) {
    for (const [name, one] of Object.entries(errors)) yield* leavesOf(one, [...path, name]);
  }
}
