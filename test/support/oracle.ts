import type { AnyWorld } from './world.ts';

type Row = Readonly<Record<string, unknown>> & { readonly Id: string };

const nameOf = (...parts: readonly unknown[]) => parts.filter((part) => part).join(' ');

/**
 * Compares the two systems record by record, without the bridge: each record of one side must have exactly
 * one of the other, tied by exactly one link, with the same values and the same parents. What a link says is
 * unlinked is left alone, and so is what belongs to nothing else. Returns what is not so.
 */
export function differences({ org, side }: AnyWorld): string[] {
  const { held, words, title } = side;
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
      problems.push(`${what}: ${JSON.stringify(mine)} in Salesforce, ${JSON.stringify(theirs)} in ${title}`);
  };
  /** The parent that Salesforce's record should have for that of the desk; one that is unlinked has none. */
  const sameParent = (what: string, mine: unknown, key: string | null) => {
    // No desk keeps a case without a customer, so an empty one does not cross.
    if ((mine ?? null) === null && key?.startsWith('customer')) return;
    if (key === null) return equal(what, mine, null);
    if (!isUnlinked(key)) equal(what, mine, links.get(key)?.[0]?.['Record_Id__c']);
  };
  for (const company of held.companies()) {
    const account = counterpart(`company:${company.id}`, 'Account', null);
    if (account) equal(`name of company ${company.id}`, account['Name'], company.name);
  }
  for (const customer of held.customers()) {
    const contact = counterpart(`customer:${customer.id}`, 'Contact', null);
    if (!contact) continue;
    const { firstName, lastName, email, companyId } = customer;
    const name = nameOf(contact['FirstName'], contact['LastName']);
    equal(`name of customer ${customer.id}`, name, nameOf(firstName, lastName));
    equal(`e-mail of customer ${customer.id}`, contact['Email'], email?.toLowerCase());
    for (const [field, value] of Object.entries(customer.inContact))
      equal(`${field} of customer ${customer.id}`, contact[field], value);
    const company = companyId === null ? null : `company:${companyId}`;
    sameParent(`account of customer ${customer.id}`, contact['AccountId'], company);
  }
  for (const deskCase of held.cases()) {
    const customer = `customer:${deskCase.customerId}`;
    const salesforceCase = counterpart(`case:${deskCase.id}`, 'Case', customer);
    if (!salesforceCase) continue;
    const { id, status, priority } = deskCase;
    equal(`subject of case ${id}`, salesforceCase['Subject'], deskCase.subject);
    equal(`status of case ${id}`, salesforceCase['Status'], words.statusInSalesforce(status));
    equal(`priority of case ${id}`, salesforceCase['Priority'], words.priorityInSalesforce(priority));
    sameParent(`contact of case ${id}`, salesforceCase['ContactId'], customer);
    const of = (object: string, parent: string) =>
      live(object).filter((row) => row[parent] === salesforceCase.Id);
    const comments = of('CaseComment', 'ParentId').map((row) => String(row['CommentBody']));
    const done = of('Task', 'WhatId').filter((row) => row['Type'] === 'Call');
    const notes = [...comments, ...done.map((row) => `Activity: ${String(row['Subject'])}`)];
    equal(`notes of case ${id}`, notes.sort().join('|'), deskCase.notes.toSorted().join('|'));
    if (!deskCase.isEmail) continue;
    const emails = of('EmailMessage', 'ParentId').map(
      (row) => `${row['Incoming'] === true ? 'in' : 'out'} ${String(row['TextBody'])}`,
    );
    // The first message of a case that came from Salesforce says what its description says.
    const first = deskCase.externalId === salesforceCase.Id ? [] : [deskCase.first];
    const messages = [...first, ...deskCase.replies].map(({ direction, body }) => `${direction} ${body}`);
    equal(`messages of case ${id}`, emails.sort().join('|'), messages.sort().join('|'));
  }
  for (const object of ['Account', 'Contact', 'Case']) {
    for (const row of live(object))
      if (!linked.has(row.Id) && !(object === 'Case' && (row['ContactId'] ?? null) === null))
        problems.push(`${object} ${row.Id} is not in ${title}`);
  }
  return problems;
}
