import { createCompany } from './companies.ts';
import { writtenValues } from './customFields.ts';
import { byId } from './finder.ts';
import { linkedId, text, typedList, without, type Input } from './input.ts';
import { invalid } from './problem.ts';
import { KEY, type Customer, type DeskState } from './state.ts';

/** Addresses at these do not say which company somebody works for. */
const FREE_MAIL = new Set([
  'gmail.com',
  'example.com',
  'example.test',
  'hotmail.com',
  'outlook.com',
  'yahoo.com',
]);

function checked(
  state: DeskState,
  input: Input,
  query: URLSearchParams,
  own: Customer | null,
): Partial<Customer> {
  const emails = typedList(input, query, 'emails', ['home', 'work', 'other'], own?.emails ?? []);
  for (const { value } of emails ?? []) {
    if (!/^[^\s@]+@[^\s@]+$/.test(value)) throw invalid({ emails: [{ value: ['invalid'] }] });
    if (state.customers.first(KEY.email(value), own)) throw invalid({ emails: [{ value: ['taken'] }] });
  }
  const externalId = text(input, 'external_id', 255);
  if (
    externalId !== undefined &&
    externalId !== null &&
    state.customers.first(KEY.externalId(externalId), own)
  ) {
    throw invalid({ external_id: ['taken'] });
  }
  return without({
    first_name: text(input, 'first_name', 255),
    last_name: text(input, 'last_name', 255),
    title: text(input, 'title', 255),
    background: text(input, 'background'),
    external_id: externalId,
    language: text(input, 'language'),
    emails,
    phone_numbers: typedList(
      input,
      query,
      'phone_numbers',
      ['home', 'work', 'mobile', 'other'],
      own?.phone_numbers ?? [],
    ),
    addresses: typedList(input, query, 'addresses', ['home', 'work', 'other'], own?.addresses ?? []),
    custom_fields: writtenValues(state, 'customer', input, own?.custom_fields ?? {}),
    company_id: companyOf(state, input),
  });
}

function companyOf(state: DeskState, input: Input): number | null | undefined {
  const linked = linkedId(input, 'company');
  if (linked !== undefined && linked !== null && !byId(state.tables.companies, linked))
    throw invalid({ _links: { company: ['invalid'] } });
  if (linked !== undefined) return linked;
  const name = text(input, 'company');
  if (!name) return name === undefined ? undefined : null;
  return (state.companies.first(KEY.name(name)) ?? createCompany(state, { name })).id;
}

/** A new customer joins the company of the e-mail's domain; a company domain that is new makes one. */
function companyByDomain(state: DeskState, customer: Customer): number | null {
  const domain = customer.emails[0]?.value.split('@')[1]?.toLowerCase();
  if (domain === undefined || FREE_MAIL.has(domain)) return null;
  return state.companies.first(KEY.domain(domain))?.id ?? null;
}

export function createCustomer(state: DeskState, input: Input, query: URLSearchParams): Customer {
  const changes = checked(state, input, query, null);
  const customer: Customer = {
    ...state.stamps(),
    first_name: null,
    last_name: null,
    title: null,
    background: null,
    external_id: null,
    language: null,
    emails: [],
    phone_numbers: [],
    addresses: [],
    custom_fields: {},
    company_id: null,
    ...changes,
  };
  customer.company_id ??= companyByDomain(state, customer);
  return state.add(state.tables.customers, customer);
}

export function updateCustomer(
  state: DeskState,
  customer: Customer,
  input: Input,
  query: URLSearchParams,
): void {
  state.change(customer, checked(state, input, query, customer));
}
