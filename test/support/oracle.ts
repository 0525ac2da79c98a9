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
 * one of the other, tied by exactly one link, with the same values. Returns what is not so.
 */
export function differences({ org, desk }: World): string[] {
  const live = (object: string): Row[] =>
    [...org.org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
  const links = live('Desk_Link__c');
  const linked = new Map<string, Row>();
  const problems: string[] = [];
  const counterpart = (key: string, object: string): Row | null => {
    const rows = links.filter((row) => row['Desk_Key__c'] === key);
    if (rows.length !== 1) problems.push(`${key} has ${rows.length} links`);
    const record = rows[0] && org.org.records.get(object, String(rows[0]['Record_Id__c']));
    if (!record || record['IsDeleted'] === true) return null;
    if (linked.has(record.Id)) problems.push(`${object} ${record.Id} is linked twice`);
    linked.set(record.Id, record);
    return record;
  };
  const equal = (what: string, mine: unknown, theirs: unknown) => {
    if ((mine ?? null) !== (theirs ?? null))
      problems.push(`${what}: ${JSON.stringify(mine)} in Salesforce, ${JSON.stringify(theirs)} in Desk`);
  };
  for (const company of desk.state.tables.companies) {
    const account = counterpart(`company:${company.id}`, 'Account');
    if (account) equal(`name of company ${company.id}`, account['Name'], company.name);
    else problems.push(`company ${company.id} is not in Salesforce`);
  }
  for (const customer of desk.state.tables.customers) {
    const contact = counterpart(`customer:${customer.id}`, 'Contact');
    if (!contact) {
      problems.push(`customer ${customer.id} is not in Salesforce`);
      continue;
    }
    equal(`last name of customer ${customer.id}`, contact['LastName'], customer.last_name);
    equal(
      `e-mail of customer ${customer.id}`,
      contact['Email'],
      customer.emails[0]?.value.toLowerCase() ?? null,
    );
    equal(`title of customer ${customer.id}`, contact['Title'], customer.title);
  }
  for (const deskCase of desk.state.tables.cases) {
    const salesforceCase = counterpart(`case:${deskCase.id}`, 'Case');
    if (!salesforceCase) {
      problems.push(`case ${deskCase.id} is not in Salesforce`);
      continue;
    }
    equal(`subject of case ${deskCase.id}`, salesforceCase['Subject'], deskCase.subject);
    equal(`status of case ${deskCase.id}`, salesforceCase['Status'], STATUS[deskCase.status]);
    equal(`priority of case ${deskCase.id}`, salesforceCase['Priority'], band(deskCase.priority));
    const comments = live('CaseComment')
      .filter((row) => row['ParentId'] === salesforceCase.Id)
      .map((row) => String(row['CommentBody']));
    const notes = deskCase.notes.map((note) => note.body).sort();
    equal(`notes of case ${deskCase.id}`, comments.sort().join('|'), notes.join('|'));
    if (deskCase.type !== 'email') continue;
    const emails = live('EmailMessage')
      .filter((row) => row['ParentId'] === salesforceCase.Id)
      .map((row) => `${row['Incoming'] === true ? 'in' : 'out'} ${String(row['TextBody'])}`);
    // The first message of a case that came from Salesforce says what its description says.
    const first = deskCase.external_id === salesforceCase.Id ? [] : [deskCase.message];
    const messages = [...first, ...deskCase.replies].map(({ direction, body }) => `${direction} ${body}`);
    equal(`messages of case ${deskCase.id}`, emails.sort().join('|'), messages.sort().join('|'));
  }
  for (const object of ['Account', 'Contact', 'Case']) {
    for (const row of live(object))
      if (!linked.has(row.Id)) problems.push(`${object} ${row.Id} is not in Desk`);
  }
  return problems;
}
