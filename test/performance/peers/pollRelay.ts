// The plain relay the other way: asks Desk for what changed since the last time, oldest change first, and makes one
// request to Salesforce a case, one after the other, with its position on disk after each.
import { setTimeout as pause } from 'node:timers/promises';
import { salesforcePriority, salesforceStatus } from '@desk-connect/bridge/core/vocabulary/desk/words.js';
import { bothSides } from './bothSides.ts';
import { keptPosition } from './keptPosition.ts';
import { relaySettings } from './relaySettings.ts';

type DeskCase = {
  readonly id: number;
  readonly subject: string;
  readonly description: string | null;
  readonly status: string;
  readonly priority: number;
  readonly updated_at: string;
  readonly _links: { readonly customer: { readonly href: string } };
};
type Page = {
  readonly _embedded: { readonly entries: readonly DeskCase[] };
  readonly _links: { readonly next: unknown };
};

const settings = relaySettings();
const { query, readDesk, writeCase } = bothSides(settings);
const kept = keptPosition(settings.position);
const links = await query("SELECT Record_Id__c, Desk_Key__c FROM Desk_Link__c WHERE Pair__c != 'Company'");
const salesforceIds = new Map(links.map((link) => [link['Desk_Key__c'], String(link['Record_Id__c'])]));

// Desk's times have whole seconds, so the last one is asked for again, and what was carried of it is left out.
let since = Number(kept.get() ?? Math.floor(Date.now() / 1_000));
const carried = new Set<string>();
process.send?.('ready');
for (;;) {
  for (let number = 1, more = true; more;) {
    const { _embedded, _links } = (await readDesk(
      `cases/search?since_updated_at=${since - 1}&sort_field=updated_at&sort_direction=asc&per_page=100&page=${number}`,
    )) as Page;
    const before = since;
    for (const one of _embedded.entries) await carry(one);
    // What changes meanwhile moves to the end and shifts the pages: the next begins at the last change that was read.
    number = since > before ? 1 : number + 1;
    more = _links.next !== null;
  }
  await pause(settings.pollMs);
}

async function carry(one: DeskCase): Promise<void> {
  const at = Math.floor(Date.parse(one.updated_at) / 1_000);
  const mark = JSON.stringify(one);
  const id = salesforceIds.get(`case:${one.id}`);
  if (at < since || carried.has(mark) || id === undefined) return;
  await writeCase(id, {
    Subject: one.subject,
    Description: one.description,
    Status: salesforceStatus(one.status),
    Priority: salesforcePriority(one.priority),
    ContactId: salesforceIds.get(`customer:${one._links.customer.href.split('/').at(-1) ?? ''}`) ?? null,
  });
  if (at > since) carried.clear();
  carried.add(mark);
  since = at;
  kept.keep(String(since));
}
