import type { DeskQuery, DeskRecord } from '../ports/helpDesk.ts';
import type { PairKind } from '../core/pair.ts';
import type { ZendeskHttp } from './http.ts';
import { emailsOf } from './identities.ts';
import { including } from './readMany.ts';
import { entriesIn, goneId, NAMES, recordFrom } from './schemas.ts';

const same = (a: string | null, b: string) => (a ?? '').trim().toLowerCase() === b.trim().toLowerCase();

/** What matches exactly: near matches of the search are left out. */
export async function find(http: ZendeskHttp, query: DeskQuery): Promise<DeskRecord[]> {
  const value = encodeURIComponent(query.value);
  // Within quotes a word is one term of the search; a quote in it would end them.
  const quoted = encodeURIComponent(`"${query.value.replaceAll('"', ' ')}"`);
  if (query.pair === 'case') return findTickets(http, query.value);
  if (query.pair === 'company') {
    const path =
      query.by === 'domain'
        ? `search?query=${encodeURIComponent('type:organization ')}${quoted}`
        : `organizations/search?${query.by === 'name' ? 'name' : 'external_id'}=${value}`;
    const found = await list(http, 'company', path, query.by === 'domain' ? 'results' : NAMES.company.many);
    return found.filter((one) => one.pair === 'company' && isCompany(one, query));
  }
  if (query.by === 'externalId') {
    const found = await list(http, 'customer', `users/show_many?external_ids=${value}`);
    return found.filter((one) => one.pair === 'customer' && same(one.externalId, query.value));
  }
  const found = await list(http, 'customer', `users/search?query=${encodeURIComponent('email:')}${quoted}`);
  const matching: DeskRecord[] = [];
  for (const one of found) if (await hasEmail(http, one, query.value)) matching.push(one);
  return matching;
}

/** Tickets by their external id, which need not be unique; deleted ones are not among them. */
export async function findTickets(http: ZendeskHttp, externalId: string): Promise<DeskRecord[]> {
  const path = `tickets?external_id=${encodeURIComponent(externalId)}${including('case', false)}`;
  const found = await list(http, 'case', path);
  return found.filter((one) => one.pair === 'case' && one.externalId === externalId);
}

async function list(
  http: ZendeskHttp,
  pair: PairKind,
  path: string,
  name = NAMES[pair].many,
): Promise<DeskRecord[]> {
  const { status, body } = await http.get(path);
  if (status === 404) return [];
  const { entries, people } = entriesIn(pair, body, name);
  return entries.filter((entry) => goneId(entry) === null).map((entry) => recordFrom(pair, entry, people));
}

function isCompany(company: Extract<DeskRecord, { pair: 'company' }>, { by, value }: DeskQuery): boolean {
  if (by === 'name') return same(company.name, value);
  if (by === 'externalId') return same(company.externalId, value);
  return company.domains.some((domain) => same(domain, value));
}

/** By the primary address, which the record shows, or by another one that it has. */
async function hasEmail(http: ZendeskHttp, record: DeskRecord, email: string): Promise<boolean> {
  if (record.pair !== 'customer') return false;
  if (record.emails.some(({ value }) => same(value, email))) return true;
  return (await emailsOf(http, record.id)).some(({ value }) => same(value, email));
}
