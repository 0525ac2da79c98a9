import type { Candidate } from '../core/decide.ts';
import { OBJECT_OF } from '../core/pair.ts';
import { primaryEmail } from '../core/typedValues.ts';
import type { DeskQuery, DeskRecord } from '../ports/helpDesk.ts';
import type { OrgQuery, SalesforceRecord } from '../ports/org.ts';
import type { Engine } from './engine.ts';

type Sides = { readonly salesforce: SalesforceRecord | null; readonly desk: DeskRecord | null };

/** What the other side has that may be the same record: by our id on it first, then by e-mail or name. */
export async function findCandidates(engine: Engine, sides: Sides): Promise<Candidate[]> {
  if (sides.desk) return findInSalesforce(engine, sides.desk);
  return sides.salesforce ? findInDesk(engine, sides.salesforce) : [];
}

async function findInSalesforce(engine: Engine, desk: DeskRecord): Promise<Candidate[]> {
  const object = OBJECT_OF[desk.pair];
  if (desk.pair !== 'company' && isSalesforceId(desk.externalId)) {
    const record = (await engine.org.read(object, ['Id'], [desk.externalId])).get(desk.externalId);
    if (record) return marked(engine, desk.pair, 'salesforce', [record.Id], 'external id');
  }
  const query = salesforceQuery(desk);
  if (!query) return [];
  const found = await engine.org.find(query, ['Id']);
  return marked(
    engine,
    desk.pair,
    'salesforce',
    found.map((record) => record.Id),
    query.by,
  );
}

function isSalesforceId(id: string | null): id is string {
  return id !== null && /^[a-zA-Z0-9]{18}$/.test(id);
}

function salesforceQuery(desk: DeskRecord): OrgQuery | null {
  if (desk.pair === 'company') return { object: 'Account', by: 'Name', value: desk.name };
  if (desk.pair === 'case') return null;
  const email = primaryEmail(desk.emails);
  return email ? { object: 'Contact', by: 'Email', value: email } : null;
}

async function findInDesk(engine: Engine, salesforce: SalesforceRecord): Promise<Candidate[]> {
  for (const query of deskQueries(salesforce)) {
    const found = await engine.desk.find(query);
    if (found.length > 0)
      return marked(
        engine,
        query.pair,
        'desk',
        found.map((record) => record.id),
        query.by,
      );
  }
  return [];
}

function deskQueries(salesforce: SalesforceRecord): DeskQuery[] {
  const pair = { '001': 'company', '003': 'customer', '500': 'case' }[salesforce.Id.slice(0, 3)];
  const name = salesforce['Name'];
  if (pair === 'company') return typeof name === 'string' ? [{ pair, by: 'name', value: name }] : [];
  if (pair === 'case') return [{ pair, by: 'externalId', value: salesforce.Id }];
  const email = salesforce['Email'];
  const byEmail: DeskQuery[] =
    typeof email === 'string' ? [{ pair: 'customer', by: 'email', value: email }] : [];
  return [{ pair: 'customer', by: 'externalId', value: salesforce.Id }, ...byEmail];
}

async function marked(
  engine: Engine,
  pair: DeskRecord['pair'],
  side: 'salesforce' | 'desk',
  ids: readonly string[],
  by: string,
): Promise<Candidate[]> {
  const linked = await engine.store.counterparts(pair, side, ids);
  return ids.map((id) => ({ id, linked: linked.has(id), by }));
}
