import { isEmpEnabled, subscribe, unsubscribe, type Subscription } from 'lightning/empApi';

const CHANNEL = '/event/Desk_Signal__e';
const NEW_EVENTS = -1;

/**
 * Calls when the org says that what was asked for on this record is answered. It is open only while somebody
 * waits: each event that a page receives counts against the org's daily allowance. An org without events,
 * or that shows them not to this user, never calls.
 * @returns stops it
 */
export function hearAnswers(recordId: string, onAnswer: () => void): () => void {
  let isStopped = false;
  let subscription: Subscription | undefined;
  const start = async () => {
    if (!(await isEmpEnabled())) return;
    const opened = await subscribe(CHANNEL, NEW_EVENTS, ({ data: { payload } }) => {
      if (payload['Action__c'] === 'Answered' && payload['Record_Id__c'] === recordId) onAnswer();
    });
    if (isStopped) await unsubscribe(opened);
    else subscription = opened;
  };
  // Whoever waits looks from time to time as well.
  start().catch(() => undefined);
  return () => {
    isStopped = true;
    if (subscription) unsubscribe(subscription).catch(() => undefined);
  };
}
