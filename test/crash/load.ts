import { mergeRecords } from '../org/records/merge.ts';
import type { AnyWorld } from '../support/world.ts';
import { Ledger } from './ledger.ts';
import type { StepName } from './steps.ts';

/** What people do on either side. Each field is changed on one side alone, so that what was said last must hold. */
export type Deed =
  | 'deskCompany'
  | 'deskCustomer'
  | 'deskCase'
  | 'deskNote'
  | 'deskReply'
  | 'deskStatus'
  | 'deskName'
  | 'account'
  | 'contact'
  | 'salesforceCase'
  | 'comment'
  | 'email'
  | 'priority'
  | 'text'
  | 'merge'
  | 'passing'
  | 'deletion'
  | 'request';

/** What makes a bridge take each step; one of them is enough. */
const PROVOKES: Readonly<Record<StepName, readonly Deed[]>> = {
  migration: ['deskCustomer', 'contact'],
  'inbox write': ['deskStatus', 'deskCustomer', 'deskNote'],
  'stream commit': ['priority', 'text', 'contact', 'comment'],
  'cursor write': ['deskStatus', 'text'],
  'full-sync page': ['deskCustomer', 'contact'],
  claim: ['priority', 'deskStatus'],
  decide: ['priority', 'deskStatus', 'deskCustomer'],
  'record made in Salesforce': ['deskCompany', 'deskCustomer', 'deskCase'],
  'record changed in Salesforce': ['deskStatus', 'deskName'],
  'record made in Desk': ['account', 'contact', 'salesforceCase'],
  'record changed in Desk': ['priority', 'text'],
  'comment or e-mail made in Salesforce': ['deskNote', 'deskReply'],
  'note made in Desk': ['comment'],
  'reply made in Desk': ['email'],
  'note or reply tied': ['comment', 'email'],
  'link made in Salesforce': ['account', 'contact', 'salesforceCase'],
  'link changed in Salesforce': ['priority', 'deskStatus'],
  'link moved in Salesforce': ['merge'],
  'link write': ['deskCustomer', 'contact', 'salesforceCase', 'deskCase'],
  'base write': ['priority', 'deskStatus', 'text', 'deskName'],
  'log write': ['priority', 'deskCustomer', 'salesforceCase'],
  'log carried to Salesforce': ['deskCustomer', 'contact'],
};
const ANY: readonly Deed[] = [...new Set(Object.values(PROVOKES).flat())].filter((deed) => deed !== 'merge');

const CHANGE: ReadonlySet<Deed> = new Set(['deskStatus', 'deskName', 'priority', 'text']);
const MAKE = ANY.filter((deed) => !CHANGE.has(deed));
/** What is seldom in life too. */
const SELDOM: readonly Deed[] = ['merge', 'passing', 'passing', 'deletion', 'request', 'request'];
const MIXED: readonly Deed[] = [...ANY, ...ANY, ...ANY, ...SELDOM];
/** How a case is called that nobody works on until it is deleted. */
const PASSING = 'Passing';
const SURVIVOR = 'M';
/** Whether a merge of ours has left this record; by its id. */
export const isSurvivor = (id: string) => id[5] === SURVIVOR;

/** Two-way work on a world, told in a ledger. */
export type Load = {
  readonly ledger: Ledger;
  /** There is something of each kind to work on. */
  begin(): Promise<void>;
  provoke(step: StepName): Promise<void>;
  /** Some deeds, whichever. */
  some(count: number): Promise<void>;
  /** Some deeds that make something, and change nothing. */
  someNew(count: number): Promise<void>;
  /** One deed of all there are, deletions, merges and requests on links among them; says which it was. */
  mixed(): Promise<Deed>;
};

export function startLoad(world: AnyWorld, random: () => number): Load {
  const ledger = new Ledger();
  let serial = 0;
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
  const { people, held, words } = world.side;
  const live = (object: string) =>
    [...world.org.org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
  const linkedRows = (object: string) => {
    const linked = new Set(live('Desk_Link__c').map((link) => link['Record_Id__c']));
    return live(object).filter((row) => linked.has(row.Id));
  };
  /** Cases that stay, on either side. */
  const deskCases = () => held.cases().filter(({ subject }) => !subject.startsWith(PASSING));
  const ownCustomer = () => pick(held.customers().filter(({ lastName }) => lastName.startsWith('Customer')));
  const linkedCases = (passing = false) =>
    linkedRows('Case').filter((row) => String(row['Subject']).startsWith(PASSING) === passing);
  const name = (what: string) => `${what} ${(serial += 1)}`;
  /** In one word: a desk may have one name for a person, and take the last word for the last name. */
  const lastName = (what: string) => `${what}-${(serial += 1)}`;
  const create = (object: string, fields: object) => world.salesforce.sobject(object).create(fields);

  const newCase = (Subject: string) => {
    ledger.made('case', Subject);
    const contact = pick(live('Contact'));
    return create('Case', { Subject, ContactId: contact?.Id, Status: 'Open', Priority: 'Low' });
  };

  const deeds: Readonly<Record<Deed, () => Promise<unknown>>> = {
    deskCompany: () => {
      const company = name('Company');
      ledger.made('company', company);
      return people.company(company);
    },
    deskCustomer: () => {
      const customer = lastName('Customer');
      ledger.made('customer', customer);
      return people.customer({ lastName: customer, email: `c${serial}@crash.test` });
    },
    deskCase: () => {
      const subject = name('Case');
      const message = `Message of ${subject}`;
      ledger.made('case', subject);
      ledger.made('message', message);
      const customerId = ownCustomer()?.id ?? '';
      return people.case({ subject, status: 'open', priority: words.high, message, customerId });
    },
    deskNote: () => {
      const body = name('Note');
      ledger.made('note', body);
      return people.note(pick(deskCases())?.id ?? '', body);
    },
    deskReply: () => {
      const body = name('Reply');
      ledger.made('message', body);
      return people.reply(pick(deskCases().filter(({ isEmail }) => isEmail))?.id ?? '', 'out', body);
    },
    deskStatus: () => {
      const deskCase = pick(deskCases());
      const status = deskCase?.status === 'open' ? 'pending' : 'open';
      ledger.said('status of case', deskCase?.subject ?? '', status);
      return people.changeCase(deskCase?.id ?? '', { status });
    },
    deskName: () => {
      const customer = ownCustomer();
      const firstName = name('First');
      ledger.said('first name of customer', customer?.lastName ?? '', firstName);
      return people.changeCustomer(customer?.id ?? '', { firstName });
    },
    account: () => {
      const Name = name('Account');
      ledger.made('company', Name);
      return create('Account', { Name });
    },
    contact: () => {
      const LastName = lastName('Contact');
      ledger.made('customer', LastName);
      return create('Contact', {
        LastName,
        Email: `k${serial}@crash.test`,
        AccountId: pick(live('Account'))?.Id,
      });
    },
    salesforceCase: () => newCase(name('Of Salesforce')),
    comment: () => {
      const CommentBody = name('Comment');
      ledger.made('note', CommentBody);
      return create('CaseComment', {
        ParentId: pick(linkedCases())?.Id,
        CommentBody,
        IsPublished: false,
      });
    },
    email: () => {
      const TextBody = name('E-mail');
      ledger.made('message', TextBody);
      // A case of Desk, which is one by e-mail.
      const about = pick(live('Case').filter((row) => String(row['Subject']).startsWith('Case')));
      return create('EmailMessage', { ParentId: about?.Id, Status: '3', TextBody });
    },
    priority: () => {
      const about = pick(linkedCases());
      const Priority = about?.['Priority'] === 'Low' ? 'High' : 'Low';
      ledger.said('priority of case', String(about?.['Subject']), Priority);
      return world.salesforce.sobject('Case').update({ Id: about?.Id ?? '', Priority });
    },
    text: () => {
      const contact = pick(linkedRows('Contact'));
      const text = name('Text');
      ledger.said('text of customer', String(contact?.['LastName']), text);
      return world.salesforce
        .sobject('Contact')
        .update({ Id: contact?.Id ?? '', [words.contactField]: text });
    },
    merge: () => {
      const { org, username } = world.org;
      const loser = pick(
        linkedRows('Contact').filter((row) => String(row['LastName']).startsWith('Contact')),
      );
      if (!loser) throw new Error('There is no contact to merge');
      const LastName = lastName('Contact');
      // One that was there before the bridge: one that is being made in Desk would have a customer of its own.
      const { Id } = loser;
      const master = `${Id.slice(0, 5)}${String(serial).padStart(10, SURVIVOR)}AAA`;
      org.records.restore('Contact', { ...loser, Id: master, LastName, Email: `k${serial}@crash.test` });
      mergeRecords(org, org.userId(username), 'Contact', master, [Id]);
      ledger.gone(String(loser['LastName']));
      ledger.made('customer', LastName);
      return Promise.resolve();
    },
    passing: () => newCase(name(PASSING)),
    deletion: async () => {
      const doomed = pick(linkedCases(true));
      if (!doomed) return deeds.passing();
      ledger.deleted(String(doomed['Subject']));
      return world.salesforce.sobject('Case').destroy(doomed.Id);
    },
    request: () => {
      const link = pick(live('Desk_Link__c').filter((row) => row['Pair__c'] === 'case'));
      return world.salesforce
        .sobject('Desk_Link__c')
        .update({ Id: link?.Id ?? '', Requested_Action__c: 'Sync Now' });
    },
  };
  const someOf = async (count: number, which: readonly Deed[]) => {
    for (let deed = 0; deed < count; deed += 1) await deeds[pick(which) ?? 'deskCustomer']();
  };
  const some = (count: number) => someOf(count, ANY);
  return {
    ledger,
    begin: async () => {
      for (const deed of ['deskCompany', 'deskCustomer', 'deskCase', 'account'] as const) await deeds[deed]();
      for (let contact = 0; contact < 8; contact += 1) await deeds.contact();
      await deeds.salesforceCase();
    },
    provoke: async (step) => {
      await deeds[pick(PROVOKES[step]) ?? 'deskStatus']();
      await some(2);
    },
    some,
    someNew: (count) => someOf(count, MAKE),
    mixed: async () => {
      const deed = pick(MIXED) ?? 'deskCustomer';
      await deeds[deed]();
      return deed;
    },
  };
}
