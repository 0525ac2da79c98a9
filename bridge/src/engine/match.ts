import type { Candidate } from '../core/decide.ts';
import { OBJECT_OF, type PairKind } from '../core/pair.ts';
import { primaryEmail } from '../core/typedValues.ts';
import type { DeskQuery, DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import type { Engine } from './engine.ts';

type Sides = { readonly salesforce: SalesforceRecord | null; readonly desk: DeskRecord | null };
type Found = { readonly ids: readonly string[]; readonly by: string };
const NONE: Found = { ids: [], by: '' };

/**
 * What the other side has that may be the same record, for records of one kind without a link, in their
 * order: by our id on it first, then by e-mail or name. Salesforce is asked for all of them at once.
 */
export async function findCandidates(
  engine: Engine,
  pair: PairKind,
  halves: readonly Sides[],
): Promise<Candidate[][]> {
  const fromDesk = halves.map(({ desk }) => desk).filter((desk) => desk !== null);
  const inSalesforce = await findInSalesforce(engine, pair, fromDesk);
  const candidates: Candidate[][] = [];
  for (const { salesforce, desk } of halves) {
    if (desk) candidates.push(await marked(engine, pair, 'salesforce', inSalesforce(desk)));
    else if (salesforce)
      candidates.push(await marked(engine, pair, 'desk', await findInDesk(engine, pair, salesforce)));
    else candidates.push([]);
  }
  return candidates;
}

async function findInSalesforce(
  engine: Engine,
  pair: PairKind,
  records: readonly DeskRecord[],
): Promise<(desk: DeskRecord) => Found> {
  const ours = records.map(idOnIt).filter((id) => id !== null);
  const known =
    ours.length > 0
      ? await engine.org.read(OBJECT_OF[pair], ['Id'], ours)
      : new Map<string, SalesforceRecord>();
  const values = records.map(matchedValue).filter((value) => value !== null);
  const by = pair === 'company' ? 'Name' : 'Email';
  const byValue =
    pair === 'case' || values.length === 0
      ? new Map<string, string[]>()
      : await engine.org.find({ object: pair === 'company' ? 'Account' : 'Contact', by, values });
  return (desk) => {
    const id = idOnIt(desk);
    if (id !== null && known.has(id)) return { ids: [id], by: 'external id' };
    const value = matchedValue(desk);
    return value === null ? NONE : { ids: byValue.get(value.toLowerCase()) ?? [], by };
  };
}

/** A Salesforce id that Desk keeps as external id: from a creation of ours whose answer was lost. */
function idOnIt(desk: DeskRecord): string | null {
  const id = desk.pair === 'company' ? null : desk.externalId;
  return id !== null && /^[a-zA-Z0-9]{18}$/.test(id) ? id : null;
}

function matchedValue(desk: DeskRecord): string | null {
  if (desk.pair === 'company') return desk.name;
  return desk.pair === 'customer' ? primaryEmail(desk.emails) : null;
}

async function findInDesk(engine: Engine, pair: PairKind, salesforce: SalesforceRecord): Promise<Found> {
  for (const query of deskQueries(pair, salesforce)) {
    const found = await engine.desk.find(query);
    if (found.length > 0) return { ids: found.map((record) => record.id), by: query.by };
  }
  return NONE;
}

/** Our own id is not asked for: it is unique in Desk, so a creation tells when a record has it. */
function deskQueries(pair: PairKind, salesforce: SalesforceRecord): DeskQuery[] {
  const { Name: name, Email: email } = salesforce;
  if (pair === 'company') return typeof name === 'string' ? [{ pair, by: 'name', value: name }] : [];
  return pair === 'customer' && typeof email === 'string' ? [{ pair, by: 'email', value: email }] : [];
}

async function marked(
  engine: Engine,
  pair: PairKind,
  side: 'salesforce' | 'desk',
  { ids, by }: Found,
): Promise<Candidate[]> {
  if (ids.length === 0) return [];
  const linked = await engine.store.counterparts(pair, side, ids);
  return ids.map((id) => ({ id, linked: linked.has(id), by }));
}
