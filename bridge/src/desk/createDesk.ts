import type { PairKind } from '../core/pair.ts';
import { DESK_VOCABULARY } from '../core/vocabulary/desk.ts';
import type { DeskQuery, DeskRecord, HelpDesk } from '../ports/helpDesk.ts';
import { readConversation } from './conversation.ts';
import { changesSince, isAtRest, isUnderWay, restingAt } from './feed.ts';
import { readFields, type DeskFields } from './fields.ts';
import { DeskHttp, type DeskHttpOptions } from './http.ts';
import { addReply } from './interactions.ts';
import { isSilent, markAfter } from './mark.ts';
import { addNote } from './notes.ts';
import { deskPosition } from './position.ts';
import { readMany } from './readMany.ts';
import { Recent } from '../http/recent.ts';
import { pageFrom, recordFrom } from './schemas.ts';
import { pathOf } from './writeBody.ts';
import { createEach, removeEach, updateEach } from './writes.ts';

/** A help desk that speaks Desk API v2. */
export function createDesk(options: DeskHttpOptions): HelpDesk {
  const http = new DeskHttp(options);
  const quiet = options.rules === false ? { suppress_rules: true as const } : {};
  const recent = new Recent(() => http.now());
  const passes = new Map<PairKind, { readonly began: number | null; readonly toldUpTo: number | null }>();
  let asked: Promise<DeskFields> | null = null;
  return {
    vocabulary: DESK_VOCABULARY,
    read: async (pair, ids, trusted, withMessage) => {
      const found = recent.trusted(pair, ids, trusted);
      const rest = ids.filter((id) => !found.has(id));
      for (const [id, record] of await readMany(http, pair, rest, trusted, withMessage))
        found.set(id, record);
      return found;
    },
    startOf: (_pair, since) => restingAt(since),
    changes: async (pair, given) => {
      const position = deskPosition(given);
      const last = passes.get(pair);
      // A pass that goes on began with its first page: what changed since then, it may not have seen. Where another
      // bridge began it, nobody here knows when.
      const began = isUnderWay(position) ? (last?.began ?? null) : http.now();
      const page = await changesSince(http, pair, position);
      passes.set(pair, {
        began,
        toldUpTo: (isAtRest(deskPosition(page.position)) ? began : null) ?? last?.toldUpTo ?? null,
      });
      recent.add(page.records);
      recent.forget(pair, page.gone);
      return page;
    },
    find: (query) => find(http, query),
    create: (pair, records) => createEach(http, pair, records),
    update: (pair, records) => updateEach(http, pair, records, quiet),
    remove: (caseIds) => removeEach(http, caseIds, quiet),
    conversation: (deskCase, wanted) => readConversation(http, deskCase, wanted),
    conversationAfter: markAfter,
    isSilent,
    addNote: (caseId, text) => addNote(http, caseId, { body: text, ...quiet }),
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
  // Companies of Desk carry no id of ours.
  if (query.pair === 'company' && query.by === 'externalId') return [];
  const value = encodeURIComponent(query.value);
  if (query.pair === 'case') {
    const { status, body } = await http.get(`cases/e-${value}`);
    return status === 404 ? [] : [recordFrom('case', body)];
  }
  // A quote begins a phrase there, and is looked for nowhere.
  const words = encodeURIComponent(query.value.replaceAll('"', ' '));
  const ask = {
    externalId: `external_id=${value}`,
    email: `email=${value}`,
    name: `q=${words}`,
    domain: `q=${words}`,
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
