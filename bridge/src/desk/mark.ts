/** What Desk counts of a case's conversation: when it differs, something came. */
type Counts = { readonly notes: number; readonly replies: number };

/** The mark of a conversation, `3/2`, as stores hold it. */
export const markOf = ({ notes, replies }: Counts) => `${notes}/${replies}`;

export function countsOf(mark: string): Counts {
  const [notes = 0, replies = 0] = mark.split('/').map(Number);
  return { notes, replies };
}

export function markAfter(mark: string, added: Counts): string {
  const { notes, replies } = countsOf(mark);
  return markOf({ notes: notes + added.notes, replies: replies + added.replies });
}

export function isSilent(mark: string): boolean {
  const { notes, replies } = countsOf(mark);
  return notes + replies === 0;
}
