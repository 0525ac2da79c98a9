import type { World } from './world.ts';

type Row = Readonly<Record<string, unknown>> & { readonly Id: string };

const STATUS: Readonly<Record<string, string>> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  resolved: 'Resolved',
  closed: 'Closed',
};
const band = (priority: number) => (priority >= 7 ? 'High' : priority >= 4 ? 'Medium' : 'Low');

/**
 * Compares the two systems record by record, without the bridge: each record of one side must have exactly
 * one of the other, tied by exactly one link, with the same values and the same parents. What a link says is
 * unlinked is left alone, and so is what belongs to nothing else. Returns what is not so.
 */
export function differences({ org, desk }: World): string[] {
  const live = (object: string): Row[] =>
    [...org.org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
  const links = new Map<string, Row[]>();
  for (const row of live('Desk_Link__c'))
    links.set(String(row['Desk_Key__c']), [...(links.get(String(row['Desk_Key__c'])) ?? []), row]);
  const isUnlinked = (key: string) => links.get(key)?.[0]?.['Status__c'] === 'Unlinked';
  const linked = new Map<string, Row>();
  const problems: string[] = [];
  /** Null where there is nothing to compare: unlinked, or a problem that is told already. */
  const counterpart = (key: string, object: string, parent: string | null): Row | null => {
    const rows = links.get(key) ?? [];
    const record = rows[0] && org.org.records.get(object, String(rows[0]['Record_Id__c']));
    if (record && linked.has(record.Id)) problems.push(`${object} ${record.Id} is linked twice`);
    if (record) linked.set(record.Id, record);
    if (isUnlinked(key) || (rows.length === 0 && parent !== null && isUnlinked(parent))) return null;
    if (rows.length !== 1) problems.push(`${key} has ${rows.length} links`);
    if (record && record['IsDeleted'] !== true) return record;
    problems.push(`${key} is not in Salesforce`);
    return null;
  };
  const equal = (what: string, mine: unknown, theirs: unknown) => {
    if ((mine ?? null) !== (theirs ?? null))
      problems.push(`${what}: ${JSON.stringify(mine)} in Salesforce, ${JSON.stringify(theirs)} in Desk`);
  };
  /** The parent that Salesforce's record should have for that of Desk; one that is unlinked has none. */
  const sameParent = (what: string, mine: unknown, key: string | null) => {
    // Desk keeps no case without a customer, so an empty one does not cross.
    if ((mine ?? null) === null && key?.startsWith('customer')) return;
    if (key === null) return equal(what, mine, null);
    if (!isUnlinked(key)) equal(what, mine, links.get(key)?.[0]?.['Record_Id__c']);
  };
  for (const company of desk.state.tables.companies) {
    const account = counterpart(`company:${company.id}`, 'Account', null);
    if (account) equal(`name of company ${company.id}`, account['Name'], company.name);
  }
  for (const customer of desk.state.tables.customers) {
    const contact = counterpart(`customer:${customer.id}`, 'Contact', null);
    if (!contact) continue;
    equal(`last name of customer ${customer.id}`, contact['LastName'], customer.last_name);
    equal(
      `e-mail of customer ${customer.id}`,
      contact['Email'],
      customer.emails[0]?.value.toLowerCase() ?? null,
    );
    equal(`title of customer ${customer.id}`, contact['Title'], customer.title);
    const company = customer.company_id === null ? null : `company:${customer.company_id}`;
    sameParent(`account of customer ${customer.id}`, contact['AccountId'], company);
  }
  for (const deskCase of desk.state.tables.cases) {
    const customer = `customer:${deskCase.customer_id}`;
    const salesforceCase = counterpart(`case:${deskCase.id}`, 'Case', customer);
    if (!salesforceCase) continue;
    equal(`subject of case ${deskCase.id}`, salesforceCase['Subject'], deskCase.subject);
    equal(`status of case ${deskCase.id}`, salesforceCase['Status'], STATUS[deskCase.status]);
    equal(`priority of case ${deskCase.id}`, salesforceCase['Priority'], band(deskCase.priority));
    sameParent(`contact of case ${deskCase.id}`, salesforceCase['ContactId'], customer);
    const of = (object: string, parent: string) =>
      live(object).filter((row) => row[parent] === salesforceCase.Id);
    const comments = of('CaseComment', 'ParentId').map((row) => String(row['CommentBody']));
    const done = of('Task', 'WhatId').filter((row) => row['Type'] === 'Call');
    const notes = [...comments, ...done.map((row) => `Activity: ${String(row['Subject'])}`)];
    const inDesk = deskCase.notes.map((note) => note.body).sort();
    equal(`notes of case ${deskCase.id}`, notes.sort().join('|'), inDesk.join('|'));
    if (deskCase.type !== 'email') continue;
    const emails = of('EmailMessage', 'ParentId').map(
      (row) => `${row['Incoming'] === true ? 'in' : 'out'} ${String(row['TextBody'])}`,
    );
    // The first message of a case that came from Salesforce says what its description says.
    const first = deskCase.external_id === salesforceCase.Id ? [] : [deskCase.message];
    const messages = [...first, ...deskCase.replies].map(({ direction, body }) => `${direction} ${body}`);
    equal(`messages of case ${deskCase.id}`, emails.sort().join('|'), messages.sort().join('|'));
  }
  for (const object of ['Account', 'Contact', 'Case']) {
    for (const row of live(object))
      if (!linked.has(row.Id) && !(object === 'Case' && (row['ContactId'] ?? null) === null))
        problems.push(`${object} ${row.Id} is not in Desk`);
  }
  return problems;
}
