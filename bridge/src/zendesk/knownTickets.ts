import type { DeskCase, DeskRecord } from '../ports/helpDesk.ts';

type Known = { readonly comments: string; readonly requesterId: string | null };

/** Tickets that are remembered. */
const MOST = 50_000;

/**
 * What was last read of tickets and what the answer to a write does not tell. A count that is older than the truth
 * makes the ticket look new to the feed, which tells of it then.
 */
export class KnownTickets {
  readonly #tickets = new Map<string, Known>();

  note(records: Iterable<DeskRecord>): void {
    for (const record of records) {
      if (record.pair !== 'case') continue;
      this.#tickets.delete(record.id);
      this.#tickets.set(record.id, { comments: record.conversation, requesterId: record.customerId });
    }
    for (const id of this.#tickets.keys()) {
      if (this.#tickets.size <= MOST) break;
      this.#tickets.delete(id);
    }
  }

  requesterOf(id: string): string | null {
    return this.#tickets.get(id)?.requesterId ?? null;
  }

  /** A ticket as a write answers it, with the count of its comments; null where that is not known. */
  counted(record: DeskCase): DeskCase | null {
    const known = this.#tickets.get(record.id);
    return known ? { ...record, conversation: known.comments } : null;
  }
}
