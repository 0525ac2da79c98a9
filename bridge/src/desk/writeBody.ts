import type { PairKind } from '../core/pair.ts';
import type { DeskChanges } from '../ports/helpDesk.ts';

const PLURAL: Readonly<Record<PairKind, string>> = {
  company: 'companies',
  customer: 'customers',
  case: 'cases',
};
export const pathOf = (pair: PairKind) => PLURAL[pair];

const linkTo = (pair: PairKind, id: string | null) =>
  id === null ? null : { href: `/api/v2/${PLURAL[pair]}/${id}`, class: pair };

/**
 * The body of a write, in Desk's names. Lists replace what is there: Desk would append otherwise. Its companies have no
 * external id.
 */
export function writeBody(pair: PairKind, changes: DeskChanges): Record<string, unknown> {
  const links = {
    ...(changes.companyId === undefined ? {} : { company: linkTo('company', changes.companyId) }),
    ...(changes.customerId === undefined ? {} : { customer: linkTo('customer', changes.customerId) }),
  };
  const body: Record<string, unknown> = {
    name: changes.name,
    domains: changes.domains,
    external_id: pair === 'company' ? undefined : changes.externalId,
    first_name: changes.firstName,
    last_name: changes.lastName,
    title: changes.title,
    background: changes.background,
    emails: changes.emails,
    emails_update_action: changes.emails && 'replace',
    phone_numbers: changes.phones,
    phone_numbers_update_action: changes.phones && 'replace',
    subject: changes.subject,
    description: changes.description,
    status: changes.status,
    priority: changes.priority,
    custom_fields: changes.customFields,
    _links: Object.keys(links).length > 0 ? links : undefined,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/**
 * A new case with its first message, stored as received: nobody is e-mailed by it. Desk's rules stay quiet, for one
 * of them may answer the customer that a case has come in.
 */
export function newCaseBody(changes: DeskChanges): Record<string, unknown> {
  const subject = changes.subject || 'No subject';
  const body = changes.message || changes.description || subject;
  return {
    ...writeBody('case', changes),
    type: changes.type ?? 'email',
    suppress_rules: true,
    message: { direction: 'in', status: 'received', subject, body },
  };
}
