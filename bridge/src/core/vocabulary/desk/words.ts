import type { Value } from '../../values.ts';

const DESK_STATUS: Readonly<Record<string, string>> = {
  New: 'new',
  Open: 'open',
  Pending: 'pending',
  Resolved: 'resolved',
  Closed: 'closed',
};
const SALESFORCE_STATUS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(DESK_STATUS).map(([salesforce, desk]) => [desk, salesforce]),
);

/** Desk's status for a Case status; a status of the org's own (Working, Escalated) is work going on: open. */
export function deskStatus(value: Value): string {
  return DESK_STATUS[String(value)] ?? 'open';
}
export function salesforceStatus(value: Value): string {
  return SALESFORCE_STATUS[String(value)] ?? 'Open';
}

/** Desk's 1 (lowest) to 10 (highest) in three bands. */
export function salesforcePriority(value: Value): string {
  const number = Number(value);
  if (number >= 7) return 'High';
  return number >= 4 ? 'Medium' : 'Low';
}
const DESK_PRIORITY: Readonly<Record<string, number>> = { High: 8, Medium: 5, Low: 2 };
export function deskPriority(value: Value): number {
  return DESK_PRIORITY[String(value)] ?? 5;
}

const ORIGIN: Readonly<Record<string, string>> = { email: 'Email', phone: 'Phone' };
export function salesforceOrigin(type: Value): string {
  return ORIGIN[String(type)] ?? 'Web';
}
export function deskType(origin: Value): string {
  return origin === 'Phone' ? 'phone' : 'email';
}
