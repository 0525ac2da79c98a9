import type { Refusal } from '../core/widget/refusal.ts';
import type { Message } from '../core/widget/renderPage.ts';
import type { DeskWidget } from '../ports/deskWidget.ts';

/** What happened and what to do, with the status of the answer: it is an agent of this desk who reads it. */
export function messagesFor({
  desk,
  case: word,
  forged,
  expired,
}: DeskWidget['words']): Readonly<Record<Refusal, Message & { readonly status: number }>> {
  return {
    forged: { status: 403, ...forged },
    expired: { status: 403, ...expired },
    noPage: {
      status: 404,
      title: 'There is no such page',
      text: `Open the ${word} in ${desk} and take the link there.`,
    },
    noCase: {
      status: 404,
      title: `${desk} has no such ${word}`,
      text: `It was deleted, or never made. Go back to ${desk} and choose another one.`,
    },
    noCustomer: {
      status: 200,
      title: `This ${word} has no customer`,
      text: `Give it one in ${desk}, and reload the ${word}.`,
    },
    notLinked: {
      status: 200,
      title: 'Not in Salesforce yet',
      text: `Neither this ${word} nor its customer is linked to a record in Salesforce. A new one takes some seconds; where a rule leaves it out, it stays so. An administrator sees the reason with "sf deskconnect explain".`,
    },
    gone: {
      status: 200,
      title: 'Not to be seen in Salesforce',
      text: `The record that this ${word} is linked to was deleted in Salesforce, or the user of the bridge may not see it. Ask your administrator.`,
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
      text: `Too many pages are being read. Wait a minute and reload the ${word} in ${desk}.`,
    },
    noSalesforce: {
      status: 503,
      title: 'Salesforce does not answer',
      text: `Wait a minute and reload the ${word} in ${desk}. If it stays so, tell your administrator.`,
    },
    noDesk: {
      status: 503,
      title: `${desk} does not answer`,
      text: `The bridge could not look up the customer of this ${word}. Wait a minute and reload the ${word} in ${desk}.`,
    },
    noRight: {
      status: 503,
      title: 'Salesforce does not let the bridge read',
      text: 'The user of the bridge lacks access to cases or contacts. An administrator sees the reason with "sf deskconnect doctor".',
    },
    failed: {
      status: 500,
      title: 'Something went wrong',
      text: `Reload the ${word} in ${desk}. If it stays so, tell your administrator: the bridge's log says what happened.`,
    },
  };
}
