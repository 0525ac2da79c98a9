import type { Entry } from '../core/decideConversation.ts';
import type { NoteWrite } from '../ports/helpDesk.ts';
import type { DeskHttp } from './http.ts';
import { noteFrom, pageFrom } from './schemas.ts';

const PAGE = 100;

/** All notes of a case, oldest first; null when the case is gone. */
export async function readNotes(http: DeskHttp, caseId: string): Promise<Entry[] | null> {
  const notes: Entry[] = [];
  for (let number = 1, more = true; more; number += 1) {
    const { status, body } = await http.get(`cases/${caseId}/notes?per_page=${PAGE}&page=${number}`);
    if (status === 404) return null;
    const page = pageFrom(body);
    notes.push(...page.entries.map(noteFrom));
    more = page.more;
  }
  return notes;
}

/** Adds a note. Nothing in Desk keeps a second one out: the caller has compared the notes that are there. */
export async function addNote(http: DeskHttp, caseId: string, text: string): Promise<NoteWrite> {
  const { status, body } = await http.write('POST', `cases/${caseId}/notes`, { body: text });
  if (status === 404) return { outcome: 'gone' };
  if (status === 422)
    return {
      outcome: 'refused',
      failure: { class: 'validation', code: 'HTTP 422', message: 'Desk refuses the note.' },
    };
  return { outcome: 'done', id: noteFrom(body).id };
}
