/** An internal note of a case, as either side has it. */
export type Entry = { readonly id: string; readonly body: string };
/** Ties a note of Desk to a comment in Salesforce; a long note has several comments, part by part. */
export type EntryLink = { readonly deskId: string; readonly recordId: string };

export type ConversationDecision = {
  /** Notes that have no comment yet, oldest first, each in the parts that fit. */
  readonly toSalesforce: readonly { readonly deskId: string; readonly parts: readonly string[] }[];
  /** Comments that have no note yet, oldest first. */
  readonly toDesk: readonly Entry[];
  /** Entries of the same words on both sides that nothing ties yet. */
  readonly toLink: readonly EntryLink[];
};

/** Salesforce's limit of a comment, in bytes of UTF-8. */
const COMMENT_BYTES = 4_000;
/** Room for `(12/34) ` before each part. */
const MARK_BYTES = 16;

/**
 * Decides what is missing on either side of a case's notes. An entry with the same words that is not tied is
 * taken for the same one: so a note that was made just before a crash is found again and not made twice.
 */
export function decideConversation(
  notes: readonly Entry[],
  comments: readonly Entry[],
  links: readonly EntryLink[],
): ConversationDecision {
  const tiedNotes = new Set(links.map(({ deskId }) => deskId));
  const tiedComments = new Set(links.map(({ recordId }) => recordId));
  const freeComments = comments.filter(({ id }) => !tiedComments.has(id));
  const toSalesforce: { deskId: string; parts: readonly string[] }[] = [];
  const toLink: EntryLink[] = [];
  for (const note of notes) {
    if (tiedNotes.has(note.id)) continue;
    const same = freeComments.findIndex(({ body }) => words(body) === words(note.body));
    const [match] = same < 0 ? [] : freeComments.splice(same, 1);
    if (match) toLink.push({ deskId: note.id, recordId: match.id });
    else toSalesforce.push({ deskId: note.id, parts: split(note.body) });
  }
  return { toSalesforce, toDesk: freeComments, toLink };
}

const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** Cuts a text into parts that a comment can hold, at spaces where there are some; several parts are numbered. */
export function split(text: string): string[] {
  const trimmed = text.trim();
  if (bytes(trimmed) <= COMMENT_BYTES) return [trimmed];
  const parts: string[] = [];
  let rest = trimmed;
  while (rest !== '') {
    const cut = fitting(rest, COMMENT_BYTES - MARK_BYTES);
    parts.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return parts.map((part, index) => `(${index + 1}/${parts.length}) ${part}`);
}

const encoder = new TextEncoder();
const bytes = (text: string) => encoder.encode(text).length;

/** How many characters from the start fit into `limit` bytes, preferably up to a space, never half a character. */
function fitting(text: string, limit: number): number {
  let low = 0;
  let high = Math.min(text.length, limit);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytes(text.slice(0, middle)) <= limit) low = middle;
    else high = middle - 1;
  }
  if (low === text.length) return low;
  const space = text.lastIndexOf(' ', low);
  if (space > low / 2) return space;
  const code = text.charCodeAt(low - 1);
  return code >= 0xd800 && code <= 0xdbff ? low - 1 : low;
}
