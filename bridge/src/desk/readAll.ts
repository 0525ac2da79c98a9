import { RequestFailed } from '../core/failure.ts';
import type { DeskHttp } from './http.ts';
import { pageFrom } from './schemas.ts';

const PAGE = 100;
/** Desk has no page beyond this one: a list that goes on there, or with nothing on a page, would go on for ever. */
const LAST_PAGE = 500;

/**
 * Every entry of a list, by its pages; null where there is no such list.
 * @throws RequestFailed for a list that does not end
 */
export async function readAll(http: DeskHttp, path: string, size = PAGE): Promise<unknown[] | null> {
  const found: unknown[] = [];
  for (let number = 1; ; number += 1) {
    const { status, body } = await http.get(`${path}?per_page=${size}&page=${number}`);
    if (status === 404) return null;
    const { entries, more } = pageFrom(body);
    found.push(...entries);
    if (!more) return found;
    if (entries.length > 0 && number < LAST_PAGE) continue;
    const message = `Desk does not come to an end with ${path}: page ${number} says that more follow.`;
    throw new RequestFailed({ class: 'bug', code: 'NO_PROGRESS', message });
  }
}
