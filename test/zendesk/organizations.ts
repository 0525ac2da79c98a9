import { writtenValues } from './fieldValues.ts';
import { inner, tags, text, without, type Input } from './input.ts';
import { invalidAttribute, recordInvalid } from './problem.ts';
import type { Organization } from './records.ts';
import type { ZendeskState } from './state.ts';

export const presentOrganizations = (state: ZendeskState) =>
  state.tables.organizations.filter((one) => one.deleted_at === null);

const same = (a: string | null, b: string | null | undefined) => a?.toLowerCase() === b?.toLowerCase();

function checked(state: ZendeskState, input: Input, own: Organization | null): Partial<Organization> {
  const others = presentOrganizations(state).filter((one) => one !== own);
  const name = text(input, 'name')?.trim();
  if (name === '' || (name === undefined && (own === null || input['name'] === null)))
    throw recordInvalid('name', 'Name: cannot be blank', 'BlankValue');
  if (name !== undefined && others.some((one) => same(one.name, name)))
    throw recordInvalid('name', `Name: ${name} has already been taken`, 'DuplicateValue');
  const externalId = text(input, 'external_id');
  if (externalId && others.some((one) => same(one.external_id, externalId)))
    throw recordInvalid('external_id', 'External has already been taken', 'DuplicateValue');
  return without({
    name,
    external_id: externalId === '' ? null : externalId,
    domain_names: domains(input),
    details: text(input, 'details'),
    notes: text(input, 'notes'),
    tags: tags(input, 'tags'),
    organization_fields: writtenValues(
      state,
      'organization',
      inner(input, 'organization_fields'),
      own?.organization_fields ?? {},
    ),
  });
}

function domains(input: Input): string[] | undefined {
  const sent = input['domain_names'];
  if (sent === undefined || sent === null) return undefined;
  if (!Array.isArray(sent)) throw invalidAttribute('domain_names', 'Must be an array of strings');
  return [...new Set(sent.map((one) => String(one).trim().toLowerCase()))];
}

export function createOrganization(state: ZendeskState, input: Input): Organization {
  const changes = checked(state, input, null);
  return state.add(state.tables.organizations, {
    ...state.stamps(),
    name: '',
    external_id: null,
    domain_names: [],
    details: null,
    notes: null,
    tags: [],
    organization_fields: {},
    deleted_at: null,
    ...changes,
  });
}

export function updateOrganization(state: ZendeskState, organization: Organization, input: Input): void {
  state.change(organization, checked(state, input, organization));
}

/** Its users and tickets are of no organization then. */
export function deleteOrganization(state: ZendeskState, organization: Organization): void {
  moveTo(state, organization, null);
  state.change(organization, { deleted_at: state.time() });
}

/** The users, tickets and domains go to the winner; nothing else of the loser does. */
export function mergeOrganizations(state: ZendeskState, loser: Organization, winner: Organization): void {
  moveTo(state, loser, winner.id);
  state.change(winner, { domain_names: [...new Set([...winner.domain_names, ...loser.domain_names])] });
  state.change(loser, { deleted_at: state.time() });
}

function moveTo(state: ZendeskState, organization: Organization, target: number | null): void {
  for (const user of state.tables.users)
    if (user.organization_id === organization.id) state.change(user, { organization_id: target });
  for (const ticket of state.tables.tickets)
    if (ticket.organization_id === organization.id) state.touch(ticket, { organization_id: target });
}

/** By id or external id, as "create or update" knows it. */
export function knownOrganization(state: ZendeskState, input: Input): Organization | undefined {
  const externalId = text(input, 'external_id');
  return presentOrganizations(state).find(
    (one) => one.id === Number(input['id'] ?? 0) || (externalId && same(one.external_id, externalId)),
  );
}
