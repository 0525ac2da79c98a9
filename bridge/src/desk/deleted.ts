import type { DeskRecord, FeedPage } from '../ports/helpDesk.ts';

/** A deleted case is a status in Desk, and no record to anybody else. */
export const isDeleted = (record: DeskRecord) => record.pair === 'case' && record.status === 'deleted';

/** Records of a page, those that are deleted apart. */
export function partDeleted(found: readonly DeskRecord[]): Pick<FeedPage, 'records' | 'gone'> {
  return {
    records: found.filter((record) => !isDeleted(record)),
    gone: found.filter(isDeleted).map(({ id }) => id),
  };
}
