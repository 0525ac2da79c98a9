import type { PairKind } from '../core/pair.ts';
import type { DeskRecord } from '../ports/helpDesk.ts';
import { entriesIn, goneId, isStaff, NAMES, recordFrom } from './schemas.ts';
import type { Site } from './site.ts';

/** As many as one request takes. */
export const MANY = 100;

/** Reads records by id; those that are deleted, merged or not there are absent. These are the records themselves. */
export async function readMany(
  { http, tickets, users }: Site,
  pair: PairKind,
  ids: readonly string[],
  withPeople: boolean,
): Promise<Map<string, DeskRecord>> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, DeskRecord>();
  for (let from = 0; from < wanted.length; from += MANY) {
    const some = wanted.slice(from, from + MANY);
    const { status, body } = await http.get(
      `${NAMES[pair].many}/show_many?ids=${some.map(encodeURIComponent).join(',')}${including(pair, withPeople)}`,
    );
    // Where none of them is there, Zendesk may say that nothing is found.
    if (status === 404) continue;
    const { entries, people } = entriesIn(pair, body);
    for (const entry of entries) {
      if (goneId(entry) !== null) continue;
      const record = recordFrom(pair, entry, people);
      if (pair === 'customer') users.note(record.id, isStaff(entry));
      if (some.includes(record.id)) found.set(record.id, record);
    }
  }
  tickets.note(found.values());
  return found;
}

/** What comes beside tickets; nothing is needed beside the others. */
export function including(pair: PairKind, withPeople: boolean, sign: '&' | '?' = '&'): string {
  if (pair !== 'case') return '';
  return `${sign}include=comment_count${withPeople ? ',users' : ''}`;
}
