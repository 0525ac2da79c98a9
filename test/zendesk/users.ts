import type { Account } from './account.ts';
import { writtenValues } from './fieldValues.ts';
import { askToVerify, newIdentity, userWithEmail } from './identities.ts';
import { flag, id, inner, objects, tags, text, without, word, type Input } from './input.ts';
import { createOrganization, presentOrganizations } from './organizations.ts';
import { forbidden, recordInvalid } from './problem.ts';
import type { Role, Stamped, User } from './records.ts';
import type { ZendeskState } from './state.ts';

const ROLES = ['end-user', 'agent', 'admin'] as const;

const isStaff = (role: Role | undefined) => role === 'agent' || role === 'admin';

export const presentUsers = (state: ZendeskState) => state.tables.users.filter((one) => one.active);

function checked(account: Account, input: Input, by: User | null, own: User | null): Partial<User> {
  const { state } = account;
  const name = text(input, 'name')?.trim();
  if (name === '' || (name === undefined && (own === null || input['name'] === null)))
    throw recordInvalid('name', 'Name: is too short (minimum one character)', 'TooShort');
  const externalId = text(input, 'external_id', 255);
  if (
    externalId &&
    presentUsers(state).some(
      (one) => one !== own && one.external_id?.toLowerCase() === externalId.toLowerCase(),
    )
  )
    throw recordInvalid('external_id', 'External has already been taken', 'DuplicateValue');
  const role = word(input, 'role', ROLES) ?? undefined;
  // Only administrators make somebody an agent, or change one.
  if (by?.role === 'agent' && (isStaff(role) || (own !== null && own !== by && isStaff(own.role))))
    throw forbidden();
  return without({
    name,
    role,
    external_id: externalId === '' ? null : externalId,
    organization_id: organizationOf(state, input),
    phone: text(input, 'phone'),
    alias: text(input, 'alias'),
    details: text(input, 'details'),
    notes: text(input, 'notes'),
    locale: text(input, 'locale') ?? undefined,
    time_zone: text(input, 'time_zone') ?? undefined,
    tags: tags(input, 'tags'),
    suspended: flag(input, 'suspended'),
    user_fields: writtenValues(state, 'user', inner(input, 'user_fields'), own?.user_fields ?? {}),
  });
}

function organizationOf(state: ZendeskState, input: Input): number | null | undefined {
  const sent = id(input, 'organization_id');
  if (sent !== undefined && sent !== null && !presentOrganizations(state).some((one) => one.id === sent))
    throw recordInvalid('organization', 'Organization: is invalid', 'InvalidValue');
  if (sent !== undefined) return sent;
  const name = text(inner(input, 'organization') ?? {}, 'name');
  if (!name) return undefined;
  const found = presentOrganizations(state).find((one) => one.name.toLowerCase() === name.toLowerCase());
  return (found ?? createOrganization(state, { name })).id;
}

/** The organization that has the domain of an address. */
function byDomain(account: Account, user: User): number | null {
  const domain = user.identities.find(({ type }) => type === 'email')?.value.split('@')[1];
  if (domain === undefined || !account.settings.joinByDomain) return null;
  return presentOrganizations(account.state).find((one) => one.domain_names.includes(domain))?.id ?? null;
}

/** What a user has of whom nothing is known. */
export const blankUser = (): Omit<User, keyof Stamped> => ({
  name: '',
  role: 'end-user',
  external_id: null,
  organization_id: null,
  phone: null,
  alias: null,
  details: null,
  notes: null,
  locale: 'en-US',
  time_zone: 'Eastern Time (US & Canada)',
  tags: [],
  suspended: false,
  active: true,
  user_fields: {},
  identities: [],
});

/** @param by who makes the user; null is the system, for those who come with a ticket. */
export function createUser(account: Account, input: Input, by: User | null): User {
  const { state } = account;
  const user: User = {
    ...state.stamps(),
    ...blankUser(),
    ...checked(account, input, by, null),
  };
  const email = text(input, 'email');
  const verified = flag(input, 'verified') ?? false;
  const sent = [
    ...(email ? [{ type: 'email', value: email, verified }] : []),
    ...(input['identities'] === undefined ? [] : objects(input, 'identities')),
  ];
  for (const one of sent) user.identities.push(newIdentity(account, user, one));
  if (input['organization_id'] === undefined) user.organization_id ??= byDomain(account, user);
  state.add(state.tables.users, user);
  for (const identity of user.identities) askToVerify(account, identity, input);
  return user;
}

/** An e-mail that is new is one more address of the user, not the primary one. */
export function updateUser(account: Account, user: User, input: Input, by: User): void {
  const { state } = account;
  const changes = checked(account, input, by, user);
  const email = text(input, 'email')?.trim();
  const own = user.identities.some((one) => one.type === 'email' && one.value === email?.toLowerCase());
  const added = email && !own ? newIdentity(account, user, { ...input, type: 'email', value: email }) : null;
  const identities = added ? [...user.identities, added] : user.identities;
  const verified = flag(input, 'verified');
  const before = user.organization_id;
  state.change(user, {
    ...changes,
    identities: identities.map((one) =>
      one.primary && one.type === 'email' && verified !== undefined ? { ...one, verified } : one,
    ),
  });
  if (added) askToVerify(account, added, input);
  if (user.organization_id !== before) moveTickets(state, user, before);
}

/** The tickets of a user that are not closed follow into the new organization. */
function moveTickets(state: ZendeskState, user: User, before: number | null): void {
  for (const ticket of state.tables.tickets)
    if (ticket.requester_id === user.id && ticket.organization_id === before && ticket.status !== 'closed')
      state.touch(ticket, { organization_id: user.organization_id });
}

/** It stays as a record that is not active, without its addresses. */
export function deleteUser(state: ZendeskState, user: User): void {
  state.change(user, { active: false, identities: [], organization_id: null });
}

/** By e-mail or external id, as "create or update" knows it. */
export function knownUser(state: ZendeskState, input: Input): User | undefined {
  const externalId = text(input, 'external_id');
  const email = text(input, 'email');
  return (
    (externalId
      ? presentUsers(state).find((one) => one.external_id?.toLowerCase() === externalId.toLowerCase())
      : undefined) ?? (email ? userWithEmail(state, email) : undefined)
  );
}

/** The tickets and addresses go to the winner, whose own values stay; the loser is deleted. @throws 422 */
export function mergeUsers(state: ZendeskState, loser: User, winner: User): void {
  if (loser === winner || loser.role !== 'end-user' || winner.role !== 'end-user')
    throw recordInvalid('base', 'Only two different end users can be merged', 'InvalidValue');
  for (const ticket of state.tables.tickets) {
    const requester_id = ticket.requester_id === loser.id ? winner.id : ticket.requester_id;
    const submitter_id = ticket.submitter_id === loser.id ? winner.id : ticket.submitter_id;
    if (requester_id !== ticket.requester_id || submitter_id !== ticket.submitter_id)
      state.touch(ticket, { requester_id, submitter_id });
    ticket.comments = ticket.comments.map((one) =>
      one.author_id === loser.id ? { ...one, author_id: winner.id } : one,
    );
  }
  const moved = loser.identities.map((one) => ({
    ...one,
    primary: one.primary && !winner.identities.some(({ type, primary }) => type === one.type && primary),
  }));
  state.change(winner, {
    identities: [...winner.identities, ...moved],
    tags: [...new Set([...winner.tags, ...loser.tags])],
    organization_id: winner.organization_id ?? loser.organization_id,
  });
  deleteUser(state, loser);
}
