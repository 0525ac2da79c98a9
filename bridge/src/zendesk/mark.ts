/** The mark of a ticket's conversation: the count of its comments, of which the first is the ticket itself. */

export function markAfter(
  mark: string,
  { notes, replies }: { readonly notes: number; readonly replies: number },
): string {
  return String(Number(mark) + notes + replies);
}

/** Whether nothing was said but the first message. */
export function isSilent(mark: string): boolean {
  return Number(mark) <= 1;
}
