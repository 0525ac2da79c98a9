import type { Interaction } from '../core/interaction.ts';
import type { DeskInteraction, NoteWrite } from '../ports/helpDesk.ts';
import type { DeskHttp } from './http.ts';
import { written } from './notes.ts';
import { readAll } from './readAll.ts';
import { interactionFrom } from './schemas.ts';

/** The first message of a case, if asked for, and its replies, oldest first; null when the case is gone. */
export async function readInteractions(
  http: DeskHttp,
  caseId: string,
  wanted: { readonly message: boolean; readonly replies: boolean },
): Promise<DeskInteraction[] | null> {
  const found: unknown[] = [];
  if (wanted.message) {
    const { status, body } = await http.get(`cases/${caseId}/message`);
    if (status === 404) return null;
    found.push(body);
  }
  if (wanted.replies) {
    const replies = await readAll(http, `cases/${caseId}/replies`);
    if (replies === null) return null;
    found.push(...replies);
  }
  return found.map((entry) => interactionFrom(entry, caseId));
}

/**
 * Stores a reply as one that has happened: `sent` or `received`. Desk e-mails what is `pending`, which is never
 * written here, and without a status it would make a draft. Its rules stay quiet: one of them might answer.
 */
export async function addReply(http: DeskHttp, caseId: string, reply: Interaction): Promise<NoteWrite> {
  const { direction, subject, body, from, to } = reply;
  const answer = await http.write('POST', `cases/${caseId}/replies`, {
    direction,
    status: direction === 'in' ? 'received' : 'sent',
    suppress_rules: true,
    body: body.trim() === '' ? (subject ?? '(no text)') : body,
    ...(subject === null ? {} : { subject }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  });
  return written(answer, 'reply');
}
