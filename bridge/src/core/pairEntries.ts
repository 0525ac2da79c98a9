/** Ties an entry of a conversation in Desk to a record in Salesforce; a long note has several, part by part. */
export type EntryLink = { readonly deskId: string; readonly recordId: string };

type Identified = { readonly id: string };
export type Missing<D, S> = {
  /** What Desk has and Salesforce not, in its order. */
  readonly toSalesforce: readonly D[];
  /** What Salesforce has and Desk not, in its order. */
  readonly toDesk: readonly S[];
  /** Entries that are the same on both sides and that nothing ties yet. */
  readonly toLink: readonly EntryLink[];
};

/**
 * Finds what is missing on either side of a conversation. Desk has no key for an entry, so one that is not tied
 * and is the same on both sides is taken for one: what was made just before a crash is found again and not made
 * twice. Each is taken once.
 */
export function pairEntries<D extends Identified, S extends Identified>(
  desk: readonly D[],
  salesforce: readonly S[],
  links: readonly EntryLink[],
  same: (desk: D, salesforce: S) => boolean,
): Missing<D, S> {
  const tiedInDesk = new Set(links.map(({ deskId }) => deskId));
  const tiedRecords = new Set(links.map(({ recordId }) => recordId));
  const free = salesforce.filter(({ id }) => !tiedRecords.has(id));
  const toSalesforce: D[] = [];
  const toLink: EntryLink[] = [];
  for (const entry of desk) {
    if (tiedInDesk.has(entry.id)) continue;
    const index = free.findIndex((candidate) => same(entry, candidate));
    const [match] = index < 0 ? [] : free.splice(index, 1);
    if (match) toLink.push({ deskId: entry.id, recordId: match.id });
    else toSalesforce.push(entry);
  }
  return { toSalesforce, toDesk: free, toLink };
}

/** A text without regard to how its white space is kept. */
export const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
