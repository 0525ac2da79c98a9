import { emailOf } from './identities.ts';
import { badRequest } from './problem.ts';
import { STATUSES, type Field, type Organization, type Ticket, type User } from './records.ts';

export type Found =
  | { readonly type: 'ticket'; readonly record: Ticket }
  | { readonly type: 'user'; readonly record: User }
  | { readonly type: 'organization'; readonly record: Organization };
/** What else a search looks at. */
type Surroundings = {
  readonly users: readonly User[];
  readonly organizations: readonly Organization[];
  readonly fields: readonly Field[];
};
type Term = {
  readonly not: boolean;
  /** Empty for a word without a property. */
  readonly property: string;
  readonly operator: ':' | '>' | '<' | '>=' | '<=';
  readonly value: string;
};

/** `type:user email:"a@b.test" -status:closed updated>2016-01-01` in its terms. */
export function termsOf(query: string): Term[] {
  const terms = query.matchAll(/(-?)(?:([\w.]+)(:|>=|<=|>|<))?("([^"]*)"|\S+)/g);
  return [...terms].map(([, minus = '', property = '', operator = ':', raw = '', quoted]) => ({
    not: minus === '-',
    property: property.toLowerCase(),
    operator: operator as Term['operator'],
    value: quoted ?? raw,
  }));
}

export function isFound(terms: readonly Term[], found: Found, around: Surroundings): boolean {
  const groups = new Map<string, Term[]>();
  for (const term of terms) {
    const key =
      term.property === '' || term.operator !== ':' || term.not ? JSON.stringify(term) : term.property;
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  // One property several times means any of the values.
  return [...groups.values()].every((group) =>
    group.some((term) => isMatch(term, found, around) !== term.not),
  );
}

function isMatch(term: Term, found: Found, around: Surroundings): boolean {
  const { property, value } = term;
  const { record } = found;
  switch (property) {
    case '':
      return /^\d+$/.test(value) && record.id === Number(value) ? true : holds(wordsOf(found), value);
    case 'type':
      return found.type === value;
    case 'created':
    case 'created_at':
      return isInTime(record.created_at, term);
    case 'updated':
    case 'updated_at':
      return isInTime(record.updated_at, term);
    case 'tags':
      return value === 'none' ? record.tags.length === 0 : record.tags.includes(value.toLowerCase());
    case 'external_id':
      return same(record.external_id, value);
    case 'notes':
    case 'details':
      return found.type !== 'ticket' && holds(found.record[property] ?? '', value);
    default:
      return (
        ofField(term, found, around) ??
        (found.type === 'ticket'
          ? ofTicket(term, found.record, around)
          : found.type === 'user'
            ? ofUser(term, found.record, around)
            : property === 'name' && holds(found.record.name, value))
      );
  }
}

const same = (a: string | null | undefined, b: string) =>
  a === null || a === undefined ? b === 'none' : a.toLowerCase() === b.toLowerCase();
/** All words, in any case, each at the beginning of one; `*` ends a part of a word. */
function holds(text: string, wanted: string): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return wanted
    .toLowerCase()
    .split(/[^\p{L}\p{N}*]+/u)
    .filter((word) => word !== '')
    .every((word) =>
      word.endsWith('*') ? words.some((one) => one.startsWith(word.slice(0, -1))) : words.includes(word),
    );
}

function wordsOf(found: Found): string {
  if (found.type === 'ticket')
    return [found.record.subject, ...found.record.comments.map((one) => one.body)].join(' ');
  if (found.type === 'organization') return [found.record.name, found.record.details].join(' ');
  return [found.record.name, emailOf(found.record), found.record.phone].join(' ');
}

function ofTicket(term: Term, ticket: Ticket, { users, organizations }: Surroundings): boolean {
  const { property, value, operator } = term;
  switch (property) {
    case 'status': {
      const [own, meant] = [STATUSES.indexOf(ticket.status), STATUSES.findIndex((one) => one === value)];
      if (operator === '<') return own < meant;
      if (operator === '>') return own > meant;
      return operator === '<=' ? own <= meant : operator === '>=' ? own >= meant : own === meant;
    }
    case 'priority':
      return same(ticket.priority, value);
    case 'ticket_type':
      return same(ticket.type, value);
    case 'subject':
      return holds(ticket.subject ?? '', value);
    case 'description':
      return holds(ticket.description, value);
    case 'requester':
    case 'submitter':
    case 'assignee':
      return isUser(users, ticket[`${property}_id`], value);
    case 'organization':
      return isOrganization(organizations, ticket.organization_id, value);
    default:
      throw badRequest('invalid', `Invalid search: ${property} is not a property of tickets`);
  }
}

function ofUser(term: Term, user: User, { organizations }: Surroundings): boolean {
  const { property, value } = term;
  switch (property) {
    case 'name':
      return holds(user.name, value);
    case 'email':
    case 'user':
      return user.identities.some(
        (one) => one.type === 'email' && (same(one.value, value) || holds(one.value, value)),
      );
    case 'role':
      return user.role === value;
    case 'phone':
      return user.phone === value;
    case 'organization':
      return isOrganization(organizations, user.organization_id, value);
    default:
      return false;
  }
}

function ofField(term: Term, found: Found, { fields }: Surroundings): boolean | null {
  const id = /^custom_field_(\d+)$/.exec(term.property)?.[1];
  if (found.type === 'ticket') {
    if (id === undefined) return null;
    return same(String(found.record.custom_fields[id] ?? '') || null, term.value);
  }
  const known = fields.some((field) => field.owner === found.type && field.key === term.property);
  if (!known) return null;
  const values = found.type === 'user' ? found.record.user_fields : found.record.organization_fields;
  return same(String(values[term.property] ?? '') || null, term.value);
}

function isUser(users: readonly User[], id: number | null, value: string): boolean {
  const user = users.find((one) => one.id === id);
  if (!user) return value === 'none';
  return String(user.id) === value || same(emailOf(user), value) || same(user.name, value);
}

function isOrganization(organizations: readonly Organization[], id: number | null, value: string): boolean {
  const organization = organizations.find((one) => one.id === id);
  if (!organization) return value === 'none';
  return String(organization.id) === value || same(organization.name, value);
}

function isInTime(time: string, { operator, value }: Term): boolean {
  const own = Date.parse(time);
  const meant = Date.parse(value);
  if (Number.isNaN(meant)) throw badRequest('invalid', `Invalid search: ${value} is not a date`);
  switch (operator) {
    case '>':
      return own > meant;
    case '<':
      return own < meant;
    case '>=':
      return own >= meant;
    case '<=':
      return own <= meant;
    default:
      // A day is meant where there is no time.
      return value.includes('T') ? own === meant : own >= meant && own < meant + 86_400_000;
  }
}
