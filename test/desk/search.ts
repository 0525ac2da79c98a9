import { byId } from './finder.ts';
import { DeskProblem } from './problem.ts';
import type { Case, Company, Customer, DeskState } from './state.ts';

type Test<T> = (record: T, values: readonly string[]) => boolean;

/** A time parameter: seconds since 1970 or ISO text, in ms. */
function ms(value: string): number {
  const time = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value);
  if (Number.isNaN(time)) throw new DeskProblem(400, `${value} is not a time`);
  return time;
}

const since =
  <T extends { created_at: string; updated_at: string }>(field: 'created_at' | 'updated_at'): Test<T> =>
  (record, [value = '']) =>
    Date.parse(record[field]) > ms(value);
const upTo =
  <T extends { created_at: string; updated_at: string }>(field: 'created_at' | 'updated_at'): Test<T> =>
  (record, [value = '']) =>
    Date.parse(record[field]) <= ms(value);
const same = (a: string | null | undefined, values: readonly string[]) =>
  values.some((value) => value.toLowerCase() === (a ?? '').toLowerCase());
const common = {
  since_created_at: since('created_at'),
  max_created_at: upTo('created_at'),
  since_updated_at: since('updated_at'),
  max_updated_at: upTo('updated_at'),
  since_id: (record: { id: number }, [value = '']: readonly string[]) => record.id > Number(value),
  max_id: (record: { id: number }, [value = '']: readonly string[]) => record.id <= Number(value),
};

const CUSTOMER: Record<string, Test<Customer>> = {
  ...common,
  first_name: (customer, values) => same(customer.first_name, values),
  last_name: (customer, values) => same(customer.last_name, values),
  full_name: (customer, values) =>
    same(`${customer.first_name ?? ''} ${customer.last_name ?? ''}`.trim(), values),
  // Near matches come too: whoever asks must compare.
  email: (customer, values) =>
    customer.emails.some((email) =>
      values.some((value) => email.value.toLowerCase().includes(value.toLowerCase())),
    ),
  phone: (customer, values) => customer.phone_numbers.some((phone) => values.includes(phone.value)),
  external_id: (customer, values) => values.includes(customer.external_id ?? ''),
};

const CASE: Record<string, Test<Case>> = {
  ...common,
  subject: (deskCase, values) =>
    values.some((value) => deskCase.subject.toLowerCase().includes(value.toLowerCase())),
  status: (deskCase, values) => values.includes(deskCase.status),
  priority: (deskCase, values) => values.includes(String(deskCase.priority)),
  labels: (deskCase, values) => values.some((value) => deskCase.labels.includes(value)),
  channels: (deskCase, values) => values.includes(deskCase.type),
  case_id: (deskCase, values) => values.includes(String(deskCase.id)),
  customer_id: (deskCase, values) => values.includes(String(deskCase.customer_id)),
  external_id: (deskCase, values) => values.includes(deskCase.external_id ?? ''),
};

const PAGING = new Set(['page', 'per_page', 'sort_field', 'sort_direction', 'embed', 'fields', 'q']);

function search<T extends object>(
  state: DeskState,
  lagMs: number,
  records: readonly T[],
  query: URLSearchParams,
  tests: Record<string, Test<T>>,
  free: (record: T) => string,
): T[] {
  const indexed = records.filter((record) => state.now() - (state.writtenAt.get(record) ?? 0) >= lagMs);
  const q = query.get('q');
  if (q !== null)
    return indexed.filter(
      (record) =>
        q === '*' ||
        q
          .replaceAll('"', '')
          .toLowerCase()
          .split(/\s+/)
          .every((word) => free(record).toLowerCase().includes(word)),
    );
  const asked = [...query]
    .filter(([name]) => !PAGING.has(name))
    .map(([name, value]) => [tests[name], name.includes('_at') ? [value] : value.split(',')] as const);
  if (asked.length === 0) throw new DeskProblem(422, 'Validation Failed', { q: ['blank'] });
  return indexed.filter((record) => asked.every(([test, values]) => test?.(record, values) ?? false));
}

export function searchCompanies(state: DeskState, lagMs: number, query: URLSearchParams): Company[] {
  if (query.get('q') === null) throw new DeskProblem(422, 'Validation Failed', { q: ['blank'] });
  return search(
    state,
    lagMs,
    state.tables.companies,
    query,
    {},
    (company) => `${company.name} ${company.domains.join(' ')}`,
  );
}

export function searchCustomers(state: DeskState, lagMs: number, query: URLSearchParams): Customer[] {
  return search(state, lagMs, state.tables.customers, query, CUSTOMER, (customer) =>
    [customer.first_name, customer.last_name, ...customer.emails.map((email) => email.value)].join(' '),
  );
}

export function searchCases(state: DeskState, lagMs: number, query: URLSearchParams): Case[] {
  const { cases } = state.tables;
  const ids = query.get('case_id')?.split(',');
  return search(
    state,
    lagMs,
    ids ? [...new Set(ids)].flatMap((id) => byId(cases, Number(id)) ?? []) : cases,
    query,
    CASE,
    (deskCase) => `${deskCase.subject} ${deskCase.description ?? ''}`,
  );
}
