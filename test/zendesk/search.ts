import { ok, type Account, type Route, type ZendeskRequest } from './account.ts';
import { emailOf } from './identities.ts';
import { listed, pageLinks, pageNumber, pageSize } from './lists.ts';
import { badRequest, invalidAttribute, ZendeskProblem } from './problem.ts';
import { organizationBody, ticketBody, userBody } from './render.ts';
import { isFound, termsOf, type Found } from './searchQuery.ts';
import { presentOrganizations } from './organizations.ts';
import { presentTickets } from './tickets.ts';
import { presentUsers } from './users.ts';

/** Results in reach of one query. */
const REACH = 1_000;
const EXPORTED = ['ticket', 'user', 'organization'] as const;

function searched(account: Account, query: string): Found[] {
  const { state, settings } = account;
  const all: Found[] = [
    ...presentTickets(state).map((record) => ({ type: 'ticket' as const, record })),
    ...presentUsers(state).map((record) => ({ type: 'user' as const, record })),
    ...presentOrganizations(state).map((record) => ({ type: 'organization' as const, record })),
  ];
  const terms = termsOf(query);
  const type = terms.find((term) => term.property === 'type' && !term.not)?.value;
  const { users, organizations, fields } = state.tables;
  return all.filter(
    (found) =>
      (type === undefined || found.type === type) &&
      isIndexed(account, found.record, settings.searchLagMs) &&
      isFound(terms, found, { users, organizations, fields }),
  );
}

function isIndexed({ state }: Account, record: object, lagMs: number): boolean {
  return state.now() - (state.writtenAt.get(record) ?? 0) >= lagMs;
}

function bodyOf(account: Account, { type, record }: Found) {
  if (type === 'ticket') return { ...ticketBody(account, record), result_type: type };
  if (type === 'user') return { ...userBody(account, record), result_type: type };
  return { ...organizationBody(account, record), result_type: type };
}

function queryOf({ query }: ZendeskRequest): string {
  const text = query.get('query')?.trim();
  if (!text) throw badRequest('invalid', 'Invalid search: a query is required');
  return text;
}

/** The unified search, which lags behind writes, and what is like it for users. */
export function searchRoutes(account: Account): Route[] {
  return [
    [
      'GET',
      /^search$/,
      (request) => {
        const { query } = request;
        if ([...query.keys()].some((name) => name.startsWith('page[')))
          throw invalidAttribute(
            'page',
            'Invalid parameter: page must be an integer from api/v2/search/index',
          );
        const [page, size] = [pageNumber(query), pageSize(account, query)];
        if (page * size > REACH)
          throw new ZendeskProblem(422, {
            error: 'invalid',
            description: 'Invalid search: Requested response size was greater than Search Response Limits',
          });
        const sort = query.get('sort_by') ?? 'created_at';
        if (!['created_at', 'updated_at', 'status', 'priority', 'ticket_type'].includes(sort))
          throw badRequest('invalid', `Invalid search: sort_by ${sort}`);
        const sign = query.get('sort_order') === 'asc' ? 1 : -1;
        const key = ({ record }: Found) =>
          String(Object.entries(record).find(([name]) => name === sort)?.[1]);
        const found = searched(account, queryOf(request)).sort(
          (a, b) => sign * (key(a) === key(b) ? a.record.id - b.record.id : key(a) < key(b) ? -1 : 1),
        );
        return ok({
          results: found.slice((page - 1) * size, page * size).map((one) => bodyOf(account, one)),
          facets: null,
          ...pageLinks(account, request, found.length),
        });
      },
    ],
    ['GET', /^search\/count$/, (request) => ok({ count: searched(account, queryOf(request)).length })],
    [
      'GET',
      /^search\/export$/,
      (request) => {
        account.limits.take('searchExportsPerMinute');
        const type = EXPORTED.find((one) => one === request.query.get('filter[type]'));
        if (!type) throw invalidAttribute('filter[type]', 'Must be one of ticket, user, organization');
        const query = queryOf(request);
        if (termsOf(query).some(({ property }) => property === 'type'))
          throw badRequest('invalid', 'Invalid search: type goes into filter[type]');
        if (!request.query.has('page[size]')) request.query.set('page[size]', '100');
        // Ordered by the time of creation, whatever is asked.
        request.query.set('sort', 'created_at');
        const found = searched(account, `type:${type} ${query}`).map((one) => ({
          id: one.record.id,
          created_at: one.record.created_at,
          found: one,
        }));
        return listed(account, request, found, {
          name: 'results',
          render: (one) => bodyOf(account, one.found),
          sorts: ['created_at'],
          maxSize: 1_000,
        });
      },
    ],
    [
      'GET',
      /^users\/search$/,
      (request) => {
        const externalId = request.query.get('external_id');
        const text = request.query.get('query');
        if (externalId === null && !text) throw badRequest('invalid', 'Invalid search: a query is required');
        const found =
          externalId === null
            ? searched(account, `type:user ${text}`).flatMap((one) =>
                one.type === 'user' ? [one.record] : [],
              )
            : presentUsers(account.state).filter(
                (one) => one.external_id?.toLowerCase() === externalId.toLowerCase(),
              );
        if ([...request.query.keys()].some((name) => name.startsWith('page[')))
          throw invalidAttribute(
            'page',
            'Invalid parameter: page must be an integer from api/v2/users/search',
          );
        return listed(account, request, found, {
          name: 'users',
          render: (one) => userBody(account, one),
        });
      },
    ],
    [
      'GET',
      /^users\/autocomplete$/,
      (request) => {
        const name = (request.query.get('name') ?? '').toLowerCase();
        if (name.length < 2) throw invalidAttribute('name', 'Must have two characters at least');
        const found = presentUsers(account.state).filter((one) =>
          [one.name, emailOf(one) ?? ''].some((text) => text.toLowerCase().startsWith(name)),
        );
        return ok({ users: found.slice(0, 100).map((one) => userBody(account, one)), count: found.length });
      },
    ],
  ];
}
