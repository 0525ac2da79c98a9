import type { Message } from '../core/widget/renderPage.ts';

/** Why a page shows no record. */
export type Refusal =
  | 'forged'
  | 'expired'
  | 'noPage'
  | 'noCase'
  | 'noCustomer'
  | 'notLinked'
  | 'gone'
  | 'off'
  | 'spent'
  | 'busy'
  | 'noSalesforce'
  | 'noDesk'
  | 'noRight'
  | 'failed';

/** What happened and what to do, with the status of the answer: it is an agent who reads it. */
export const MESSAGES: Readonly<Record<Refusal, Message & { readonly status: number }>> = {
  forged: {
    status: 403,
    title: 'This link is not valid',
    text: 'It was not made for this case and this Desk site. Open the case in Desk and take the link there.',
  },
  expired: {
    status: 403,
    title: 'This link has expired',
    text: 'A link is good for ten minutes. Reload the case in Desk.',
  },
  noPage: {
    status: 404,
    title: 'There is no such page',
    text: 'Open the case in Desk and take the link there.',
  },
  noCase: {
    status: 404,
    title: 'Desk has no such case',
    text: 'It was deleted, or never made. Go back to Desk and choose another one.',
  },
  noCustomer: {
    status: 200,
    title: 'This case has no customer',
    text: 'Give it one in Desk, and reload the case.',
  },
  notLinked: {
    status: 200,
    title: 'Not in Salesforce yet',
    text: 'Neither this case nor its customer is linked to a record in Salesforce. A new one takes some seconds; where a rule leaves it out, it stays so. An administrator sees the reason with "sf deskconnect explain".',
  },
  gone: {
    status: 200,
    title: 'Not to be seen in Salesforce',
    text: 'The record that this case is linked to was deleted in Salesforce, or the user of the bridge may not see it. Ask your administrator.',
  },
  off: {
    status: 200,
    title: 'The sync is switched off',
    text: 'An administrator has switched Desk Connect off, so nothing of Salesforce is shown.',
  },
  spent: {
    status: 503,
    title: 'Not now',
    text: "Too many of Salesforce's API calls are used, and the rest is kept for the sync. Look the record up in Salesforce, or come back later.",
  },
  busy: {
    status: 503,
    title: 'Too much at once',
    text: 'Too many pages are being read. Wait a minute and reload the case in Desk.',
  },
  noSalesforce: {
    status: 503,
    title: 'Salesforce does not answer',
    text: 'Wait a minute and reload the case in Desk. If it stays so, tell your administrator.',
  },
  noDesk: {
    status: 503,
    title: 'Desk does not answer',
    text: 'The bridge could not look up the customer of this case. Wait a minute and reload the case in Desk.',
  },
  noRight: {
    status: 503,
    title: 'Salesforce does not let the bridge read',
    text: 'The user of the bridge lacks access to cases or contacts. An administrator sees the reason with "sf deskconnect doctor".',
  },
  failed: {
    status: 500,
    title: 'Something went wrong',
    text: "Reload the case in Desk. If it stays so, tell your administrator: the bridge's log says what happened.",
  },
};
