import type { DeskCase } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';

export const CONTACT = '003000000000001AAA';

/** A case as Desk holds it, in step with `salesforceCase`. */
export const deskCase: DeskCase = {
  pair: 'case',
  id: '7',
  updatedAt: '2026-01-01T00:00:00Z',
  customFields: {},
  externalId: null,
  subject: 'Printer on fire',
  description: null,
  status: 'open',
  priority: 8,
  type: 'email',
  customerId: '3',
  isEmail: true,
  conversation: '0/0',
};

/** The same case as Salesforce holds it. */
export const salesforceCase: SalesforceRecord = {
  Id: '500000000000001AAA',
  SystemModstamp: '2026-01-01T00:00:00.000+0000',
  Subject: 'Printer on fire',
  Description: null,
  Status: 'Open',
  Priority: 'High',
  Origin: 'Email',
  ContactId: CONTACT,
};
