import { inLanes } from '../core/inLanes.ts';
import type { PairKind } from '../core/pair.ts';
import type { DeskRecord, ReadSource } from '../ports/helpDesk.ts';
import { isDeleted } from './deleted.ts';
import type { DeskHttp } from './http.ts';
import { pageFrom, recordFrom } from './schemas.ts';
import { pathOf } from './writeBody.ts';

/** Requests for single records that are under way at the same time. */
const LANES = 8;
const PAGE = 100;
/** A message can be as long as any e-mail: fewer of them come with one answer. */
const PAGE_WITH_MESSAGES = 25;
const WITH_MESSAGE = 'embed=message';

/**
 * Reads records by id in as few requests as Desk lets us. What comes of a search is used only where the caller
 * trusts it: the search index lags behind the records. All others are read one by one.
 */
export async function readMany(
  http: DeskHttp,
  pair: PairKind,
  ids: readonly string[],
  trusted: (record: DeskRecord, source: ReadSource) => boolean,
  withMessage: (id: string) => boolean = () => false,
): Promise<Map<string, DeskRecord>> {
  const wanted = new Set(ids);
  const found = new Map<string, DeskRecord>();
  const embeds = (id: string) => pair === 'case' && withMessage(id);
  const plain = [...wanted].filter((id) => !embeds(id));
  const embedding = [...wanted].filter(embeds);
  const queries = [
    ...searches(pair, plain, PAGE),
    ...searches(pair, embedding, PAGE_WITH_MESSAGES).map((query) => `${query}&${WITH_MESSAGE}`),
  ];
  for (const query of queries) {
    const { body } = await http.get(`${pathOf(pair)}/search?${query}&per_page=${PAGE}`);
    for (const entry of pageFrom(body).entries) {
      const record = recordFrom(pair, entry);
      if (wanted.has(record.id) && !isDeleted(record) && trusted(record, 'search'))
        found.set(record.id, record);
    }
  }
  const path = (id: string) => `${pathOf(pair)}/${id}${embeds(id) ? `?${WITH_MESSAGE}` : ''}`;
  const missing = [...wanted].filter((id) => !found.has(id));
  await readEach(http, pair, missing, path, found);
  return found;
}

/** Searches that find more than one of the ids each; cases can be asked for by id, customers by a range of ids. */
function searches(pair: PairKind, ids: readonly string[], size: number): string[] {
  if (pair === 'company') return [];
  const sorted = ids.map(Number).sort((a, b) => a - b);
  const groups = grouped(sorted, size, pair === 'case' ? Number.POSITIVE_INFINITY : PAGE);
  return groups
    .filter(({ length }) => length > 1)
    .map((group) =>
      pair === 'case'
        ? `case_id=${group.join(',')}`
        : `since_id=${(group[0] ?? 0) - 1}&max_id=${group.at(-1) ?? 0}&sort_field=id&sort_direction=asc`,
    );
}

/** Sorted ids in groups of `size` at most that lie within a range of that length. */
function grouped(sorted: readonly number[], size: number, range: number): number[][] {
  const groups: number[][] = [];
  for (const id of sorted) {
    const last = groups.at(-1);
    const start = last?.[0];
    if (last && start !== undefined && last.length < size && id - start < range) last.push(id);
    else groups.push([id]);
  }
  return groups;
}

async function readEach(
  http: DeskHttp,
  pair: PairKind,
  ids: readonly string[],
  path: (id: string) => string,
  found: Map<string, DeskRecord>,
): Promise<void> {
  await inLanes(ids, LANES, async (id) => {
    const { status, body } = await http.get(path(id));
    if (status === 404) return;
    const record = recordFrom(pair, body);
    if (!isDeleted(record)) found.set(id, record);
  });
}
