import * as z from 'zod';
import { RequestFailed } from '../core/failure.ts';
import type { ZendeskHttp } from './http.ts';
import { peopleIn, read, type Person } from './schemas.ts';

const PAGE = 100;
/** No list that is read whole is longer: one that does not end would go on for ever. */
const LAST_PAGE = 500;

const meta = z.object({
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullable().optional() }),
});

type All = { readonly entries: unknown[]; readonly people: Map<string, Person> };

/**
 * Every entry of a list, by cursor, and the people beside it; null where there is no such list.
 * @throws RequestFailed for a list that does not end
 */
export async function readAll(http: ZendeskHttp, path: string, name: string): Promise<All | null> {
  const all: All = { entries: [], people: new Map() };
  let after: string | null = null;
  for (let number = 1; ; number += 1) {
    const cursor: string = after === null ? '' : `&page[after]=${encodeURIComponent(after)}`;
    const { status, body } = await http.get(
      `${path}${path.includes('?') ? '&' : '?'}page[size]=${PAGE}${cursor}`,
    );
    if (status === 404) return null;
    const list = read(z.object({ [name]: z.array(z.unknown()) }), body);
    all.entries.push(...(list[name] ?? []));
    for (const [id, person] of peopleIn(body)) all.people.set(id, person);
    const { has_more, after_cursor = null } = read(meta, body).meta;
    if (!has_more) return all;
    if (after_cursor !== null && after_cursor !== after && number < LAST_PAGE) {
      after = after_cursor;
      continue;
    }
    const message = `Zendesk does not come to an end with ${path.split('?')[0]}: page ${number} says that more follow.`;
    throw new RequestFailed({ class: 'bug', code: 'NO_PROGRESS', message });
  }
}
