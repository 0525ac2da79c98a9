/**
 * The mark of a ticket's conversation: the count of its comments, of which the first is the ticket itself; or when the
 * ticket was changed, where Zendesk does not count them.
 */

export function markAfter(
  mark: string,
  { notes, replies }: { readonly notes: number; readonly replies: number },
): string {
  const count = Number(mark);
  return Number.isNaN(count) ? mark : String(count + notes + replies);
}

/** Whether nothing was said but the first message. */
export function isSilent(mark: string): boolean {
  return Number(mark) <= 1;
}
