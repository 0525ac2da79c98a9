import type { FeedPage } from '../ports/helpDesk.ts';

/** What a list holds, for a feed. Agents among the users are told apart: they are nobody's customers. */
export type Listed = Pick<FeedPage, 'records' | 'unreadable' | 'gone'> & {
  readonly staff: readonly string[];
};

export const NOTHING_LISTED: Listed = { records: [], unreadable: [], gone: [], staff: [] };

/** Two lists as one, the first of them first. */
export function listedTogether(first: Listed, second: Listed): Listed {
  return {
    records: [...first.records, ...second.records],
    unreadable: [...first.unreadable, ...second.unreadable],
    gone: [...first.gone, ...second.gone],
    staff: [...first.staff, ...second.staff],
  };
}
