import type { Value } from '../../values.ts';

const ZENDESK_STATUS: Readonly<Record<string, string>> = {
  New: 'new',
  Open: 'open',
  Pending: 'pending',
  Resolved: 'solved',
  // Closed is for good in Zendesk, and Zendesk itself closes what is solved when its time has come.
  Closed: 'solved',
};
const SALESFORCE_STATUS: Readonly<Record<string, string>> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  hold: 'Pending',
  solved: 'Resolved',
  closed: 'Closed',
};

/** The status of a ticket for a Case status; a status of the org's own (Working, Escalated) is work going on: open. */
export function zendeskStatus(value: Value): string {
  return ZENDESK_STATUS[String(value)] ?? 'open';
}
export function salesforceStatus(value: Value): string {
  return SALESFORCE_STATUS[String(value)] ?? 'Open';
}

const ZENDESK_PRIORITY: Readonly<Record<string, string>> = { High: 'high', Medium: 'normal', Low: 'low' };
const SALESFORCE_PRIORITY: Readonly<Record<string, string>> = { urgent: 'High', high: 'High', low: 'Low' };

export function zendeskPriority(value: Value): string {
  return ZENDESK_PRIORITY[String(value)] ?? 'normal';
}
/** A ticket may have no priority, which is none in particular: medium. */
export function salesforcePriority(value: Value): string {
  return SALESFORCE_PRIORITY[String(value)] ?? 'Medium';
}

const ORIGIN: Readonly<Record<string, string>> = { email: 'Email', voice: 'Phone', phone: 'Phone' };
export function salesforceOrigin(channel: Value): string {
  return ORIGIN[String(channel)] ?? 'Web';
}
