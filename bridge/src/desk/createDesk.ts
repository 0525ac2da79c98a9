import type { Failure } from '../core/failure.ts';
import type { PairKind } from '../core/pair.ts';
import { withoutValues } from '../core/redact.ts';
import type { DeskQuery, DeskRecord, DeskWrite, HelpDesk } from '../ports/helpDesk.ts';
import { changesSince, isAtRest } from './feed.ts';
import { readFields, type DeskFields } from './fields.ts';
import { DeskHttp, type DeskHttpOptions, type DeskResponse } from './http.ts';
import { addReply, readInteractions } from './interactions.ts';
import { addNote, readNotes } from './notes.ts';
import { isDeleted, readMany } from './readMany.ts';
import { Recent } from './recent.ts';
import { pageFrom, recordFrom } from './schemas.ts';
import { newCaseBody, pathOf, writeBody } from './writeBody.ts';

/** A help desk that speaks Desk API v2. */
export function createDesk(options: DeskHttpOptions): HelpDesk {
  const http = new DeskHttp(options);
  const quiet = options.rules === false ? { suppress_rules: true } : {};
  const recent = new Recent(() => http.now());
  const passes = new Map<PairKind, { readonly began: number; readonly toldUpTo: number | null }>();
  let asked: Promise<DeskFields> | null = null;
  return {
    read: async (pair, ids, trusted, withMessage) => {
      const found = new Map<string, DeskRecord>();
      for (const id of ids) {
        const record = recent.take(pair, id);
        if (record && !isDeleted(record) && trusted(record, 'feed')) found.set(id, record);
      }
      const rest = ids.filter((id) => !found.has(id));
      for (const [id, record] of await readMany(http, pair, rest, trusted, withMessage))
        found.set(id, record);
      return found;
    },
    changes: async (pair, position) => {
      const last = passes.get(pair);
      // A pass that goes on began with its first page: what changed since then, it may not have seen.
      const began = last && position?.id.includes('|') ? last.began : http.now();
      const page = await changesSince(http, pair, position);
      passes.set(pair, { began, toldUpTo: isAtRest(page.position) ? began : (last?.toldUpTo ?? null) });
      recent.add(page.records);
      return page;
    },
    find: (query) => find(http, query),
    create: async (pair, changes) => {
      const body = pair === 'case' ? newCaseBody(changes) : writeBody(changes);
      return outcome(pair, await http.write('POST', pathOf(pair), body));
    },
    update: async (pair, id, changes) =>
      outcome(
        pair,
        await http.write('PATCH', `${pathOf(pair)}/${id}`, {
          ...writeBody(changes),
          ...(pair === 'case' ? quiet : {}),
        }),
      ),
    notes: (caseId) => readNotes(http, caseId),
    addNote: (caseId, text) => addNote(http, caseId, { body: text, ...quiet }),
    interactions: (caseId, wanted) => readInteractions(http, caseId, wanted),
    addReply: (caseId, reply) => addReply(http, caseId, reply),
    toldUpTo: (pair) => passes.get(pair)?.toldUpTo ?? null,
    fields: async (pair) => {
      asked ??= readFields(http).finally(() => {
        asked = null;
      });
      return (await asked)[pair];
    },
    rate: () => http.budget.state,
    shareAmong: (bridges) => http.budget.shareAmong(bridges),
    webUrl: (pair, id) =>
      `${options.url.replace(/\/$/, '')}/web/agent/${pair === 'case' ? 'case' : pathOf(pair)}/${id}`,
  };
}

const same = (a: string | null, b: string) => (a ?? '').trim().toLowerCase() === b.trim().toLowerCase();

/** Search gives near matches too, and lags: each one is compared here. */
async function find(http: DeskHttp, query: DeskQuery): Promise<DeskRecord[]> {
  const value = encodeURIComponent(query.value);
  if (query.pair === 'case') {
    const { status, body } = await http.get(`cases/e-${value}`);
    return status === 404 ? [] : [recordFrom('case', body)];
  }
  const ask = {
    externalId: `external_id=${value}`,
    email: `email=${value}`,
    name: `q=${value}`,
    domain: `q=${value}`,
  }[query.by];
  const { body } = await http.get(`${pathOf(query.pair)}/search?${ask}&per_page=100`);
  return pageFrom(body)
    .entries.map((entry) => recordFrom(query.pair, entry))
    .filter((record) => matches(record, query));
}

function matches(record: DeskRecord, { by, value }: DeskQuery): boolean {
  if (record.pair === 'company')
    return by === 'name' ? same(record.name, value) : record.domains.some((domain) => same(domain, value));
  if (record.pair !== 'customer') return false;
  return by === 'externalId'
    ? record.externalId === value
    : record.emails.some((email) => same(email.value, value));
}

function outcome(pair: PairKind, { status, body }: DeskResponse): DeskWrite {
  if (status === 404) return { outcome: 'gone' };
  if (status !== 422) return { outcome: 'done', record: recordFrom(pair, body) };
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
  if (taken) return { outcome: 'taken', field: taken.path.split('.')[0] ?? '', failure };
  return { outcome: 'refused', failure };
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
