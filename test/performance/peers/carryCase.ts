import { deskPriority, deskStatus } from '@desk-connect/bridge/core/vocabulary/desk/words.js';
import { bothSides } from './bothSides.ts';
import type { RelaySettings } from './relaySettings.ts';

/**
 * What both relays to Desk do for an event: one query for the record, whatever the event said of it, and one request
 * to Desk with the fields that the bridge maps. Which record is which in Desk they read once, at their start.
 */
export async function carryingCases(settings: RelaySettings): Promise<(caseId: string) => Promise<void>> {
  const { query, writeDesk } = bothSides(settings);
  const links = await query('SELECT Record_Id__c, Desk_Id__c FROM Desk_Link__c');
  const deskIds = new Map(links.map((link) => [link['Record_Id__c'], String(link['Desk_Id__c'])]));
  return async (caseId) => {
    const [record] = await query(
      `SELECT Subject, Description, Status, Priority, ContactId FROM Case WHERE Id = '${caseId}'`,
    );
    const id = deskIds.get(caseId);
    if (!record || id === undefined) return;
    const customer = deskIds.get(record['ContactId']);
    await writeDesk(`cases/${id}`, {
      subject: record['Subject'],
      description: record['Description'],
      status: deskStatus(String(record['Status'])),
      priority: deskPriority(String(record['Priority'])),
      ...(customer === undefined
        ? {}
        : { _links: { customer: { href: `/api/v2/customers/${customer}`, class: 'customer' } } }),
    });
  };
}
