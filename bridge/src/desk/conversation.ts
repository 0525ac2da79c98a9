import type { DeskCase, DeskConversation } from '../ports/helpDesk.ts';
import type { DeskHttp } from './http.ts';
import { readInteractions } from './interactions.ts';
import { countsOf } from './mark.ts';
import { readNotes } from './notes.ts';

/** Reads of a conversation what is there, and the first message if asked for; null when the case is gone. */
export async function readConversation(
  http: DeskHttp,
  { id, conversation }: DeskCase,
  { message }: { readonly message: boolean },
): Promise<DeskConversation | null> {
  const counts = countsOf(conversation);
  const notes = counts.notes > 0 ? await readNotes(http, id) : [];
  if (notes === null) return null;
  const messages = await readInteractions(http, id, { message, replies: counts.replies > 0 });
  return messages && { notes, messages };
}
