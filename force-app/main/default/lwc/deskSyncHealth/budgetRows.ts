import salesforceCalls from '@salesforce/label/c.DeskSync_SalesforceCalls';
import salesforceUsed from '@salesforce/label/c.DeskSync_SalesforceUsed';
import deskRequests from '@salesforce/label/c.DeskSync_DeskRequests';
import deskUsed from '@salesforce/label/c.DeskSync_DeskUsed';
import { countText, fill, shareText } from 'c/deskSync';
import type { Health } from './health';

const row = (key: string, name: string, used: number, max: number, label: string) => {
  const share = max > 0 ? Math.min(1, used / max) : 0;
  const percent = Math.round(share * 100);
  return {
    key,
    name,
    percent,
    text: fill(label, countText(used), countText(max), shareText(share)),
    style: `inline-size: ${percent}%`,
  };
};

/** What each side allows, and how much of it is used. */
export function budgetRows({ salesforce, desk }: Health['budgets']) {
  return [
    ...(salesforce
      ? [row('salesforce', salesforceCalls, salesforce.used, salesforce.max, salesforceUsed)]
      : []),
    row('desk', deskRequests, desk.limit - desk.left, desk.limit, deskUsed),
  ];
}
