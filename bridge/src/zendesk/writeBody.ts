import type { PairKind } from '../core/pair.ts';
import type { Value } from '../core/values.ts';
import type { DeskChanges } from '../ports/helpDesk.ts';

/** Whether a custom field, by its key, holds several options at once. */
export type TakesSeveral = (key: string) => boolean;
export type Body = Readonly<Record<string, unknown>>;

const idOrNull = (id: string | null | undefined) => (id === undefined || id === null ? id : Number(id));

/** What a write says of a record, in Zendesk's names. A user's e-mails are not part of it: they are identities. */
export function writeBody(pair: PairKind, changes: DeskChanges, several: TakesSeveral): Body {
  const { externalId: external_id, customFields } = changes;
  switch (pair) {
    case 'company':
      return defined({
        name: changes.name,
        external_id,
        domain_names: changes.domains,
        organization_fields: customFields && byKey(customFields, several),
      });
    case 'customer':
      return defined({
        name: nameIn(changes),
        external_id,
        phone: changes.phones && (changes.phones[0]?.value ?? null),
        notes: changes.background,
        organization_id: idOrNull(changes.companyId),
        user_fields: customFields && byKey(customFields, several),
      });
    case 'case':
      return defined({
        external_id,
        subject: changes.subject,
        status: changes.status,
        priority: changes.priority,
        requester_id: idOrNull(changes.customerId),
        custom_fields:
          customFields &&
          Object.entries(byKey(customFields, several)).map(([key, value]) => ({ id: Number(key), value })),
      });
  }
}

/** A new user, to whom nothing is sent. */
export function newUserBody(changes: DeskChanges, several: TakesSeveral): Body {
  const [primary, ...others] = changes.emails ?? [];
  return {
    // Zendesk has nobody without a name.
    name: primary?.value ?? 'Unknown',
    ...writeBody('customer', changes, several),
    skip_verify_email: true,
    ...(primary ? { email: primary.value } : {}),
    ...(others.length > 0 ? { identities: others.map(({ value }) => ({ type: 'email', value })) } : {}),
  };
}

/**
 * A new ticket of its requester, who is the author of the first comment. What is solved is somebody's: `agent` is who
 * gets it.
 */
export function newTicketBody(
  changes: DeskChanges & { readonly customerId: string },
  several: TakesSeveral,
  agent: number | null,
): Body {
  const subject = changes.subject || 'No subject';
  const requester = Number(changes.customerId);
  return {
    ...writeBody('case', { ...changes, subject }, several),
    comment: { body: [changes.message, changes.description].find((text) => text?.trim()) ?? subject },
    submitter_id: requester,
    ...(agent === null ? {} : { assignee_id: agent }),
  };
}

function nameIn({ name, firstName, lastName }: DeskChanges): string | undefined {
  if (name !== undefined) return name;
  if (lastName === undefined && firstName === undefined) return undefined;
  return [firstName, lastName].filter((part) => part).join(' ') || 'Unknown';
}

/** Several options come as one text, and go as a list. */
function byKey(values: Readonly<Record<string, Value>>, several: TakesSeveral): Body {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      several(key)
        ? String(value ?? '')
            .split(';')
            .map((one) => one.trim())
            .filter((one) => one !== '')
        : value,
    ]),
  );
}

const defined = (body: Record<string, unknown>): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
