import type { SalesforceFields } from '../ports/org.ts';
import { pairEntries, words, type EntryLink, type Missing } from './pairEntries.ts';
import { text } from './values.ts';

/** A message of a case's conversation with its customer, as either side has it. */
export type Interaction = {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly subject: string | null;
  readonly body: string;
  readonly from: string | null;
  readonly to: string | null;
  /** ISO 8601; null where it is not known. */
  readonly at: string | null;
};

/** The longest text of an e-mail or a task in Salesforce. */
export const LONGEST_BODY = 32_000;
const EMAIL_STATUS = { in: '0', out: '3' } as const;

const body = (interaction: Interaction) => text(interaction.body, LONGEST_BODY) ?? '';

/** Decides what is missing on either side of a case's messages. */
export function decideInteractions(
  inDesk: readonly Interaction[],
  inSalesforce: readonly Interaction[],
  links: readonly EntryLink[],
): Missing<Interaction, Interaction> {
  return pairEntries(
    inDesk,
    inSalesforce,
    links,
    (mine, theirs) => mine.direction === theirs.direction && words(body(mine)) === words(body(theirs)),
  );
}

/** True for a message whose end does not fit into Salesforce. */
export function isCut(interaction: Interaction): boolean {
  return interaction.body.trim().length > LONGEST_BODY;
}

/** An e-mail of Desk as an EmailMessage of a case. To insert one sends nothing. */
export function emailFields(interaction: Interaction, caseId: string): SalesforceFields {
  return {
    ParentId: caseId,
    Incoming: interaction.direction === 'in',
    Status: EMAIL_STATUS[interaction.direction],
    FromAddress: addresses(interaction.from)[0] ?? null,
    ToAddress: addresses(interaction.to).join('; ') || null,
    Subject: text(interaction.subject, 3_000),
    TextBody: body(interaction),
    ...(interaction.at === null ? {} : { MessageDate: interaction.at }),
  };
}

/** A message of another channel as a completed task of a case and its contact. */
export function taskFields(
  interaction: Interaction,
  { caseId, contactId, channel }: { caseId: string; contactId: string | null; channel: string },
): SalesforceFields {
  const way = interaction.direction === 'in' ? 'from the customer' : 'to the customer';
  return {
    WhatId: caseId,
    WhoId: contactId,
    Status: 'Completed',
    Subject: text(interaction.subject, 255) ?? `Message ${way} (${channel})`,
    Description: body(interaction),
    ...(interaction.at === null ? {} : { ActivityDate: interaction.at.slice(0, 10) }),
  };
}

/** An e-mail of Salesforce as an internal note: where Desk would send a reply to the channel of the case. */
export function asNote({ id, direction, from, to, subject, body: said }: Interaction): {
  id: string;
  body: string;
} {
  const way = direction === 'in' ? `from ${from ?? 'the customer'}` : `to ${to ?? 'the customer'}`;
  return { id, body: `E-mail ${way}${subject === null ? '' : `: ${subject}`}\n\n${said}` };
}

/** Something that was done for a case, such as a call. */
export type CompletedTask = { readonly id: string; readonly subject: string | null; readonly body: string };

/** A task of Salesforce as an internal note: in Desk, a message of its own would be one to the customer. */
export function taskAsNote({ id, subject, body: said }: CompletedTask): { id: string; body: string } {
  const what = `Activity: ${subject ?? '(no subject)'}`;
  return { id, body: said.trim() === '' ? what : `${what}\n\n${said}` };
}

/** The bare addresses of a header such as `"Ada" <ada@a.test>, bob@b.test`. */
function addresses(header: string | null): string[] {
  return header?.match(/[^\s<>,;:"'()]+@[^\s<>,;:"'()]+\.[^\s<>,;:"'()]+/g) ?? [];
}
