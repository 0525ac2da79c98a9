import { pairEntries, words, type EntryLink } from './pairEntries.ts';

/** An internal note of a case, as either side has it. */
export type Entry = { readonly id: string; readonly body: string };

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

/** Decides what is missing on either side of a case's notes. */
export function decideConversation(
  notes: readonly Entry[],
  comments: readonly Entry[],
  links: readonly EntryLink[],
): ConversationDecision {
  const same = (note: Entry, comment: Entry) => words(note.body) === words(comment.body);
  const { toSalesforce, toDesk, toLink } = pairEntries(notes, comments, links, same);
  return {
    toSalesforce: toSalesforce.map((note) => ({ deskId: note.id, parts: split(note.body) })),
    toDesk,
    toLink,
  };
}

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
