import type { DeskQuery, DeskRecord } from '../ports/helpDesk.ts';
import type { PairKind } from '../core/pair.ts';
import type { ZendeskHttp } from './http.ts';
import { emailsOf } from './identities.ts';
import { readAll } from './readAll.ts';
import { including } from './readMany.ts';
import { entriesIn, goneId, NAMES, recordFrom } from './schemas.ts';

const same = (a: string | null, b: string) => (a ?? '').trim().toLowerCase() === b.trim().toLowerCase();

/** What matches exactly: near matches of the search are left out. */
export async function find(http: ZendeskHttp, query: DeskQuery): Promise<DeskRecord[]> {
  if (query.value.trim() === '') return [];
  if (query.pair === 'case') return findTickets(http, query.value);
  return query.pair === 'company' ? findCompanies(http, query) : findCustomers(http, query);
}

async function findCompanies(
  http: ZendeskHttp,
  query: Extract<DeskQuery, { pair: 'company' }>,
): Promise<DeskRecord[]> {
  const { many } = NAMES.company;
  // No search goes by domains: that takes all of them.
  const found =
    query.by === 'domain'
      ? ((await readAll(http, many, many))?.entries ?? []).map((entry) => recordFrom('company', entry))
      : await list(
          http,
          'company',
          `${many}/search?${query.by === 'name' ? 'name' : 'external_id'}=${encodeURIComponent(query.value)}`,
        );
  return found.filter((one) => one.pair === 'company' && isMatch(one, query));
}

async function findCustomers(
  http: ZendeskHttp,
  { by, value }: Extract<DeskQuery, { pair: 'customer' }>,
): Promise<DeskRecord[]> {
  if (by === 'externalId') {
    const found = await list(http, 'customer', `users/show_many?external_ids=${encodeURIComponent(value)}`);
    return found.filter((one) => one.pair === 'customer' && same(one.externalId, value));
  }
  // Within quotes it is one term of the search; a quote in it would end it.
  const query = encodeURIComponent(`email:"${value.replaceAll('"', ' ')}"`);
  const found = await list(http, 'customer', `users/search?query=${query}`);
  const matching: DeskRecord[] = [];
  for (const one of found) if (await hasEmail(http, one, value)) matching.push(one);
  return matching;
}

/** Tickets by their external id, which need not be unique; deleted ones are not among them. */
export async function findTickets(http: ZendeskHttp, externalId: string): Promise<DeskRecord[]> {
  const path = `tickets?external_id=${encodeURIComponent(externalId)}${including('case', false)}`;
  const found = await list(http, 'case', path);
  return found.filter((one) => one.pair === 'case' && one.externalId === externalId);
}

async function list(http: ZendeskHttp, pair: PairKind, path: string): Promise<DeskRecord[]> {
  const { status, body } = await http.get(path);
  if (status === 404) return [];
  const { entries, people } = entriesIn(pair, body);
  return entries.filter((entry) => goneId(entry) === null).map((entry) => recordFrom(pair, entry, people));
}

function isMatch(company: Extract<DeskRecord, { pair: 'company' }>, { by, value }: DeskQuery): boolean {
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
