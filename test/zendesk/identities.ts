import { flag, text, type Input } from './input.ts';
import { invalidAttribute, recordInvalid } from './problem.ts';
import type { Account } from './account.ts';
import type { Identity, User } from './records.ts';
import type { ZendeskState } from './state.ts';

export const emailOf = (user: User) =>
  user.identities.find(({ type, primary }) => type === 'email' && primary)?.value ?? null;

export function userWithEmail(state: ZendeskState, email: string): User | undefined {
  const value = email.trim().toLowerCase();
  return state.tables.users.find(
    (user) => user.active && user.identities.some((one) => one.type === 'email' && one.value === value),
  );
}

/** Adds an address or a number; the first of its kind is the primary one. Writes nothing down yet. */
export function newIdentity(account: Account, user: User, input: Input): Identity {
  const { state } = account;
  const type = text(input, 'type');
  if (type !== 'email' && type !== 'phone_number')
    throw recordInvalid('type', `Type: ${type ?? ''} is not included in the list`, 'InvalidValue');
  const value = (text(input, 'value') ?? '').trim();
  if (value === '') throw recordInvalid('value', 'Value: cannot be blank', 'BlankValue');
  const stored = type === 'email' ? checkedEmail(state, user, value) : value;
  const primary = !user.identities.some((one) => one.type === type);
  return { ...state.stamps(), type, value: stored, verified: flag(input, 'verified') ?? false, primary };
}

/** Somebody who comes with an address that is not verified is asked by e-mail to verify it. */
export function askToVerify(account: Account, identity: Identity, input: Input): void {
  if (identity.type !== 'email' || identity.verified || flag(input, 'skip_verify_email') === true) return;
  account.state.notifications.push({
    to: identity.value,
    because: 'verification',
    ticketId: null,
    subject: 'Welcome',
  });
}

function checkedEmail(state: ZendeskState, user: User | null, email: string): string {
  const value = email.toLowerCase();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    throw recordInvalid('email', `Email: ${email} is not properly formatted`, 'InvalidValue');
  const holder = userWithEmail(state, value);
  if (holder)
    throw recordInvalid(
      'email',
      holder === user
        ? `Email: ${email} is already being used by this user`
        : `Email: ${email} is already being used by another user`,
      'DuplicateValue',
    );
  return value;
}

export function updateIdentity(account: Account, user: User, identity: Identity, input: Input): void {
  if (input['primary'] !== undefined)
    throw invalidAttribute('primary', 'Use make_primary to change the primary identity');
  const value = text(input, 'value');
  const verified = flag(input, 'verified') ?? identity.verified;
  const stored =
    value === undefined || value === null || value.toLowerCase() === identity.value
      ? identity.value
      : identity.type === 'email'
        ? checkedEmail(account.state, user, value)
        : value;
  Object.assign(identity, { value: stored, verified, updated_at: account.state.time() });
  account.state.change(user, { updated_at: '' });
}

export function makePrimary(state: ZendeskState, user: User, identity: Identity): void {
  for (const one of user.identities) if (one.type === identity.type) one.primary = one === identity;
  state.change(user, { updated_at: '' });
}

export function deleteIdentity(state: ZendeskState, user: User, identity: Identity): void {
  const others = user.identities.some((one) => one !== identity && one.type === 'email');
  if (identity.type === 'email' && identity.primary && others)
    throw recordInvalid('base', 'The primary e-mail identity cannot be deleted', 'InvalidValue');
  state.change(user, { identities: user.identities.filter((one) => one !== identity) });
}
