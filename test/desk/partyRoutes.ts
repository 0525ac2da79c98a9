import { createCase } from './cases.ts';
import { createCompany, updateCompany } from './companies.ts';
import { createCustomer, updateCustomer } from './customers.ts';
import { page, selected } from './lists.ts';
import { searchCompanies, searchCustomers } from './search.ts';
import { created, LIST, ok, type Route, type Site } from './site.ts';
import type { Company, Customer } from './state.ts';

/** Companies and customers. */
export function partyRoutes(site: Site): Route[] {
  const { state } = site;
  const { tables } = state;
  const company = (one: Company) => site.company(one);
  const customer = (one: Customer) => site.customer(one);
  const searched = { defaultSize: 20, capped: true };
  return [
    [
      'GET',
      /^companies$/,
      ({ query }) => ok(page(tables.companies, query, { ...LIST, path: 'companies' }, company)),
    ],
    ['POST', /^companies$/, ({ input }) => created(company(createCompany(state, input)))],
    [
      'GET',
      /^companies\/search$/,
      ({ query }) =>
        ok(
          page(
            searchCompanies(state, site.searchLagMs(), query),
            query,
            { ...searched, path: 'companies/search' },
            company,
          ),
        ),
    ],
    [
      'GET',
      /^companies\/(\d+)$/,
      ({ query }, id = '') => ok(selected(company(site.find(tables.companies, id)), query)),
    ],
    [
      'PATCH',
      /^companies\/(\d+)$/,
      ({ input }, id = '') => {
        const found = site.find(tables.companies, id);
        updateCompany(state, found, input);
        return ok(company(found));
      },
    ],
    [
      'GET',
      /^companies\/(\d+)\/customers$/,
      ({ query }, id = '') => {
        const own = tables.customers.filter((one) => one.company_id === Number(id));
        return ok(page(own, query, { ...LIST, path: `companies/${id}/customers` }, customer));
      },
    ],
    [
      'GET',
      /^companies\/(\d+)\/cases$/,
      ({ query }, id = '') => {
        const own = tables.cases.filter((one) => site.companyIdOf(one) === Number(id));
        return site.cases(own, query, `companies/${id}/cases`);
      },
    ],
    [
      'GET',
      /^customers$/,
      ({ query }) => ok(page(tables.customers, query, { ...LIST, path: 'customers' }, customer)),
    ],
    ['POST', /^customers$/, ({ input, query }) => created(customer(createCustomer(state, input, query)))],
    [
      'GET',
      /^customers\/search$/,
      ({ query }) =>
        ok(
          page(
            searchCustomers(state, site.searchLagMs(), query),
            query,
            { ...searched, path: 'customers/search' },
            customer,
          ),
        ),
    ],
    [
      'GET',
      /^customers\/(\d+)$/,
      ({ query }, id = '') => ok(selected(customer(site.find(tables.customers, id)), query)),
    ],
    [
      'PATCH',
      /^customers\/(\d+)$/,
      ({ input, query }, id = '') => {
        const found = site.find(tables.customers, id);
        updateCustomer(state, found, input, query);
        return ok(customer(found));
      },
    ],
    [
      'GET',
      /^customers\/(\d+)\/cases$/,
      ({ query }, id = '') => {
        const own = tables.cases.filter((one) => one.customer_id === Number(id));
        return site.cases(own, query, `customers/${id}/cases`);
      },
    ],
    [
      'POST',
      /^customers\/(\d+)\/cases$/,
      ({ input }, id = '') =>
        created(site.case(createCase(state, input, site.find(tables.customers, id).id))),
    ],
  ];
}
