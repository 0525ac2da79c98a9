import type { Entry } from '../core/decideConversation.ts';
import type { NoteWrite } from '../ports/helpDesk.ts';
import type { DeskHttp, DeskResponse } from './http.ts';
import { noteFrom, pageFrom } from './schemas.ts';

const PAGE = 100;

/** All notes of a case, oldest first; null when the case is gone. */
export async function readNotes(http: DeskHttp, caseId: string): Promise<Entry[] | null> {
  return (await readAll(http, `cases/${caseId}/notes`))?.map(noteFrom) ?? null;
}

/** Every entry of a list of a case; null when the case is gone. */
export async function readAll(http: DeskHttp, path: string): Promise<unknown[] | null> {
  const found: unknown[] = [];
  for (let number = 1, more = true; more; number += 1) {
    const { status, body } = await http.get(`${path}?per_page=${PAGE}&page=${number}`);
    if (status === 404) return null;
    const page = pageFrom(body);
    found.push(...page.entries);
    more = page.more;
  }
  return found;
}

/** Adds a note. Nothing in Desk keeps a second one out: the caller has compared the notes that are there. */
export async function addNote(
  http: DeskHttp,
  caseId: string,
  note: { readonly body: string; readonly suppress_rules?: boolean },
): Promise<NoteWrite> {
  return written(await http.write('POST', `cases/${caseId}/notes`, note), 'note');
}

/** What became of a new entry of a case. */
export function written({ status, body }: DeskResponse, what: string): NoteWrite {
  if (status === 404) return { outcome: 'gone' };
  if (status !== 422) return { outcome: 'done', id: noteFrom(body).id };
  const message = `Desk refuses the ${what}.`;
  return { outcome: 'refused', failure: { class: 'validation', code: 'HTTP 422', message } };
}
