import { writtenValues } from './customFields.ts';
import { text, without, type Input } from './input.ts';
import { invalid } from './problem.ts';
import { KEY, type Company, type DeskState } from './state.ts';

function checked(state: DeskState, input: Input, own: Company | null): Partial<Company> {
  const name = text(input, 'name', 255);
  if (name === null || name?.trim() === '' || (own === null && name === undefined))
    throw invalid({ name: ['blank'] });
  if (name !== undefined && state.companies.first(KEY.name(name), own)) throw invalid({ name: ['taken'] });
  const domains = input['domains'];
  if (domains !== undefined && !Array.isArray(domains)) throw invalid({ domains: ['invalid'] });
  return without({
    name,
    domains: (domains as unknown[] | undefined)?.map(String),
    custom_fields: writtenValues(state, 'company', input, own?.custom_fields ?? {}),
  });
}

export function createCompany(state: DeskState, input: Input): Company {
  const changes = checked(state, input, null);
  return state.add(state.tables.companies, {
    ...state.stamps(),
    name: '',
    domains: [],
    custom_fields: {},
    ...changes,
  });
}

export function updateCompany(state: DeskState, company: Company, input: Input): void {
  state.change(company, checked(state, input, company));
}
