import type { PairKind } from '../core/pair.ts';
import type { ZendeskHttp } from './http.ts';
import { including } from './readMany.ts';
import { listedTogether, NOTHING_LISTED, type Listed } from './listed.ts';
import { NAMES, recordsFrom } from './schemas.ts';

const PAGE = 100;
/**
 * What more has changed in so short a time the export tells. A thousand tickets are what agents change in one go; more
 * pages would leave too little of a small account's limit to the writes.
 */
const MOST_PAGES: Readonly<Record<PairKind, number>> = { case: 10, customer: 3, company: 3 };

/**
 * What has changed since then, as far as it can be seen by now: the minute that the exports leave out. Tickets come
 * from their list; users and organizations have none by time, so a search tells of them, which lags behind.
 */
export async function changedSince(http: ZendeskHttp, pair: PairKind, since: number): Promise<Listed> {
  let found: Listed = NOTHING_LISTED;
  for (let number = 1; number <= MOST_PAGES[pair]; number += 1) {
    const { body } = await http.get(`${pathOf(pair, since)}&per_page=${PAGE}&page=${number}`);
    const page = recordsFrom(pair, body, pair === 'case' ? NAMES.case.many : 'results');
    const recent = page.records.filter(({ updatedAt }) => Date.parse(updatedAt) >= since);
    found = listedTogether({ ...page, records: recent.toReversed() }, found);
    if (recent.length + page.unreadable.length < PAGE) break;
  }
  return found;
}

function pathOf(pair: PairKind, since: number): string {
  const sort = 'sort_by=updated_at&sort_order=desc';
  if (pair === 'case') return `tickets?${sort}${including(pair, true)}`;
  const query = `type:${NAMES[pair].one} updated>=${new Date(since).toISOString().slice(0, 19)}Z`;
  return `search?query=${encodeURIComponent(query)}&${sort}`;
}
