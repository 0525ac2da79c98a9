import type { Entry } from '../core/decideConversation.ts';
import type { NoteWrite } from '../ports/helpDesk.ts';
import type { DeskHttp, DeskResponse } from './http.ts';
import { readAll } from './readAll.ts';
import { noteFrom } from './schemas.ts';

/** All notes of a case, oldest first; null when the case is gone. */
export async function readNotes(http: DeskHttp, caseId: string): Promise<Entry[] | null> {
  return (await readAll(http, `cases/${caseId}/notes`))?.map(noteFrom) ?? null;
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
