import { addNote, addReply, createCase, updateCase } from './cases.ts';
import { createCompany, updateCompany } from './companies.ts';
import { createCustomer, updateCustomer } from './customers.ts';
import type { Input } from './input.ts';
import { page, selected } from './lists.ts';
import { DeskProblem, notFound } from './problem.ts';
import { caseBody, companyBody, customerBody, messageBody, noteBody } from './render.ts';
import { searchCases, searchCompanies, searchCustomers } from './search.ts';
import type { Case, DeskState } from './state.ts';

export type DeskRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly input: Input;
};
export type DeskAnswer = { readonly status: number; readonly body?: object; readonly location?: string };
type Handler = (request: DeskRequest, ...ids: string[]) => DeskAnswer;
type Route = readonly [method: string, pattern: RegExp, handler: Handler];

const ok = (body: object): DeskAnswer => ({ status: 200, body });
const created = (body: object & { _links: { self: { href: string } } }): DeskAnswer => ({
  status: 201,
  body,
  location: body._links.self.href,
});

/** The routes of Desk API v2 below `/api/v2`, over one site's state. */
export function deskRoutes(
  state: DeskState,
  searchLagMs: () => number,
): (request: DeskRequest) => DeskAnswer {
  const { tables } = state;
  const find = <T extends { id: number }>(records: readonly T[], id: string): T => {
    const record = records.find((one) => one.id === Number(id));
    if (!record) throw notFound();
    return record;
  };
  const findCase = (id: string): Case => {
    const external = /^e-(.+)$/.exec(id)?.[1];
    const record =
      external === undefined
        ? find(tables.cases, id)
        : tables.cases.find((one) => one.external_id === external);
    if (!record) throw notFound();
    return record;
  };
  const shownCase = (deskCase: Case, query: URLSearchParams) => {
    const embed = query.get('embed')?.split(',') ?? [];
    const customer = tables.customers.find((one) => one.id === deskCase.customer_id);
    const embedded = {
      ...(embed.includes('customer') && customer ? { customer: customerBody(customer) } : {}),
      ...(embed.includes('message') ? { message: messageBody(deskCase.message, deskCase, 'message') } : {}),
    };
    const body = caseBody(deskCase);
    return Object.keys(embedded).length === 0 ? body : { ...body, _embedded: embedded };
  };
  const cases = (records: readonly Case[], query: URLSearchParams, path: string, defaultSize = 50) =>
    ok(page(records, query, { path, defaultSize, capped: true }, (one) => shownCase(one, query)));
  const filtered = (query: URLSearchParams) => {
    const [customer, company, sinceId] = ['customer_id', 'company_id', 'since_id'].map((name) =>
      query.get(name),
    );
    return tables.cases.filter(
      (one) =>
        (!customer || one.customer_id === Number(customer)) &&
        (!company ||
          tables.customers.find((other) => other.id === one.customer_id)?.company_id === Number(company)) &&
        (!sinceId || one.id >= Number(sinceId)),
    );
  };
  const list = { defaultSize: 50, capped: false };
  const routes: Route[] = [
    [
      'GET',
      /^companies$/,
      ({ query }) => ok(page(tables.companies, query, { ...list, path: 'companies' }, companyBody)),
    ],
    ['POST', /^companies$/, ({ input }) => created(companyBody(createCompany(state, input)))],
    [
      'GET',
      /^companies\/search$/,
      ({ query }) =>
        ok(
          page(
            searchCompanies(state, searchLagMs(), query),
            query,
            { path: 'companies/search', defaultSize: 20, capped: true },
            companyBody,
          ),
        ),
    ],
    [
      'GET',
      /^companies\/(\d+)$/,
      ({ query }, id = '') => ok(selected(companyBody(find(tables.companies, id)), query)),
    ],
    [
      'PATCH',
      /^companies\/(\d+)$/,
      ({ input }, id = '') => {
        const company = find(tables.companies, id);
        updateCompany(state, company, input);
        return ok(companyBody(company));
      },
    ],
    [
      'GET',
      /^companies\/(\d+)\/customers$/,
      ({ query }, id = '') =>
        ok(
          page(
            tables.customers.filter((one) => one.company_id === Number(id)),
            query,
            { ...list, path: `companies/${id}/customers` },
            customerBody,
          ),
        ),
    ],
    [
      'GET',
      /^companies\/(\d+)\/cases$/,
      ({ query }, id = '') =>
        cases(
          tables.cases.filter(
            (one) =>
              tables.customers.find((other) => other.id === one.customer_id)?.company_id === Number(id),
          ),
          query,
          `companies/${id}/cases`,
        ),
    ],
    [
      'GET',
      /^customers$/,
      ({ query }) => ok(page(tables.customers, query, { ...list, path: 'customers' }, customerBody)),
    ],
    ['POST', /^customers$/, ({ input, query }) => created(customerBody(createCustomer(state, input, query)))],
    [
      'GET',
      /^customers\/search$/,
      ({ query }) =>
        ok(
          page(
            searchCustomers(state, searchLagMs(), query),
            query,
            { path: 'customers/search', defaultSize: 20, capped: true },
            customerBody,
          ),
        ),
    ],
    [
      'GET',
      /^customers\/(\d+)$/,
      ({ query }, id = '') => ok(selected(customerBody(find(tables.customers, id)), query)),
    ],
    [
      'PATCH',
      /^customers\/(\d+)$/,
      ({ input, query }, id = '') => {
        const customer = find(tables.customers, id);
        updateCustomer(state, customer, input, query);
        return ok(customerBody(customer));
      },
    ],
    [
      'GET',
      /^customers\/(\d+)\/cases$/,
      ({ query }, id = '') =>
        cases(
          tables.cases.filter((one) => one.customer_id === Number(id)),
          query,
          `customers/${id}/cases`,
        ),
    ],
    [
      'POST',
      /^customers\/(\d+)\/cases$/,
      ({ input }, id = '') => created(caseBody(createCase(state, input, find(tables.customers, id).id))),
    ],
    ['GET', /^cases$/, ({ query }) => cases(filtered(query), query, 'cases')],
    ['POST', /^cases$/, ({ input }) => created(caseBody(createCase(state, input)))],
    [
      'GET',
      /^cases\/search$/,
      ({ query }) => cases(searchCases(state, searchLagMs(), query), query, 'cases/search', 20),
    ],
    ['GET', /^cases\/([^/]+)$/, ({ query }, id = '') => ok(selected(shownCase(findCase(id), query), query))],
    [
      'PATCH',
      /^cases\/([^/]+)$/,
      ({ input }, id = '') => {
        const deskCase = findCase(id);
        updateCase(state, deskCase, input);
        return ok(caseBody(deskCase));
      },
    ],
    [
      'GET',
      /^cases\/([^/]+)\/message$/,
      (_request, id = '') => ok(messageBody(findCase(id).message, findCase(id), 'message')),
    ],
    [
      'GET',
      /^cases\/([^/]+)\/replies$/,
      ({ query }, id = '') =>
        ok(
          page(findCase(id).replies, query, { ...list, path: `cases/${id}/replies` }, (reply) =>
            messageBody(reply, findCase(id), `replies/${reply.id}`),
          ),
        ),
    ],
    [
      'POST',
      /^cases\/([^/]+)\/replies$/,
      ({ input }, id = '') => {
        const deskCase = findCase(id);
        const reply = addReply(state, deskCase, input);
        return created(messageBody(reply, deskCase, `replies/${reply.id}`));
      },
    ],
    [
      'GET',
      /^cases\/([^/]+)\/replies\/(\d+)$/,
      (_request, id = '', reply = '') =>
        ok(messageBody(find(findCase(id).replies, reply), findCase(id), `replies/${reply}`)),
    ],
    [
      'GET',
      /^cases\/([^/]+)\/notes$/,
      ({ query }, id = '') =>
        ok(
          page(findCase(id).notes, query, { ...list, path: `cases/${id}/notes` }, (note) =>
            noteBody(note, findCase(id)),
          ),
        ),
    ],
    [
      'POST',
      /^cases\/([^/]+)\/notes$/,
      ({ input }, id = '') => {
        const deskCase = findCase(id);
        return created(noteBody(addNote(state, deskCase, input), deskCase));
      },
    ],
    [
      'GET',
      /^labels$/,
      ({ query }) =>
        ok(
          page(tables.labels, query, { ...list, path: 'labels', maxSize: 1_000 }, (label) => ({
            ...label,
            enabled: true,
            types: ['case'],
          })),
        ),
    ],
    [
      'GET',
      /^custom_fields$/,
      ({ query }) => ok(page([], query, { ...list, path: 'custom_fields', maxSize: 1_000 }, (one) => one)),
    ],
    [
      'GET',
      /^groups$/,
      ({ query }) =>
        ok(
          page(
            [{ id: 1, name: 'Support' }],
            query,
            { ...list, path: 'groups', maxSize: 1_000 },
            (one) => one,
          ),
        ),
    ],
    [
      'GET',
      /^users$/,
      ({ query }) => ok(page([AGENT], query, { ...list, path: 'users', maxSize: 1_000 }, (one) => one)),
    ],
    ['GET', /^users\/(?:me|current|1)$/, () => ok(AGENT)],
    ['GET', /^system_message$/, () => ok({ message: null, updated_at: null })],
  ];
  return (request) => {
    const known = routes.filter(([, pattern]) => pattern.test(request.path));
    const route = known.find(([method]) => method === (request.method === 'HEAD' ? 'GET' : request.method));
    if (!route)
      throw known.length > 0 || /^(?:users|groups)\b/.test(request.path)
        ? new DeskProblem(405, 'Method Not Allowed')
        : notFound();
    const [, ...ids] = route[1].exec(request.path) ?? [];
    return route[2](request, ...ids.map(decodeURIComponent));
  };
}

const AGENT = {
  id: 1,
  name: 'Local Agent',
  public_name: 'Local Agent',
  email: 'agent@desk.test',
  level: 'siteadmin',
  available: true,
  _links: { self: { href: '/api/v2/users/1', class: 'user' } },
};
