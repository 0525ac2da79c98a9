import { ok, urlOf, type Account, type Answer, type Route, type ZendeskRequest } from './account.ts';
import { badRequest, invalidAttribute, ZendeskProblem } from './problem.ts';
import { organizationBody, ticketBody, userBody } from './render.ts';
import { besideTickets, countOf } from './sideloads.ts';
import type { Stamped } from './records.ts';

/** The last minute is left out. */
const FRESH_S = 60;
const MOST = 1_000;

type Export<T> = {
  readonly name: string;
  readonly records: () => readonly T[];
  readonly render: (record: T, query: URLSearchParams) => object;
  readonly beside?: (records: readonly T[], query: URLSearchParams) => object;
};

/** Exports of what changed since a time: deleted records too, for administrators. */
export function incrementalRoutes(account: Account): Route[] {
  const { tables } = account.state;
  const tickets: Export<(typeof tables.tickets)[number]> = {
    name: 'tickets',
    records: () => tables.tickets,
    render: (one, query) => ({ ...ticketBody(account, one), ...countOf(one, query) }),
    beside: (records, query) => besideTickets(account, records, query),
  };
  const users: Export<(typeof tables.users)[number]> = {
    name: 'users',
    records: () => tables.users,
    render: (one) => userBody(account, one),
  };
  const organizations: Export<(typeof tables.organizations)[number]> = {
    name: 'organizations',
    records: () => tables.organizations,
    render: (one) => ({ ...organizationBody(account, one), deleted_at: one.deleted_at }),
  };
  return [
    ['GET', /^incremental\/tickets\/cursor$/, (request) => byCursor(account, request, tickets), 'admin'],
    ['GET', /^incremental\/users\/cursor$/, (request) => byCursor(account, request, users), 'admin'],
    ['GET', /^incremental\/tickets$/, (request) => byTime(account, request, tickets), 'admin'],
    ['GET', /^incremental\/users$/, (request) => byTime(account, request, users), 'admin'],
    ['GET', /^incremental\/organizations$/, (request) => byTime(account, request, organizations), 'admin'],
  ];
}

type Place = readonly [time: number, id: number];
const isAfter = (record: Stamped, [time, id]: Place) =>
  record.generated > time || (record.generated === time && record.id > id);

/** What is old enough and not behind the place, in the order of the changes. */
function due<T extends Stamped>(account: Account, { query }: ZendeskRequest, from: Export<T>, place: Place) {
  const latest = Math.floor(account.state.now() / 1_000) - FRESH_S;
  const excluded = query.get('exclude_deleted') === 'true';
  return from
    .records()
    .filter((record) => record.generated <= latest && isAfter(record, place))
    .filter((record) => !excluded || !('deleted_at' in record) || record.deleted_at === null)
    .sort((a, b) => a.generated - b.generated || a.id - b.id);
}

function sizeOf({ maxPageSize }: Account, query: URLSearchParams): number {
  const size = Number(query.get('per_page') ?? MOST);
  if (!Number.isInteger(size) || size < 1) throw invalidAttribute('per_page', 'Must be an integer');
  return Math.min(size, MOST, maxPageSize);
}

/** @throws 400, or 422 for a time within the last minute */
function startTime(account: Account, query: URLSearchParams): number {
  const text = query.get('start_time');
  const time = Number(text);
  if (text === null || text === '' || !Number.isInteger(time) || time < 0)
    throw invalidAttribute('start_time', 'Must be a time in seconds since 1970');
  if (time > account.state.now() / 1_000 - FRESH_S)
    throw new ZendeskProblem(422, {
      error: 'StartTimeTooRecent',
      description: 'Too recent start_time. Use a start_time older than 1 minute',
    });
  return time;
}

function byCursor<T extends Stamped>(account: Account, request: ZendeskRequest, from: Export<T>): Answer {
  account.limits.take('incrementalExportsPerMinute');
  const { query } = request;
  const cursor = query.get('cursor');
  const place: Place = cursor === null ? [startTime(account, query), -1] : placeOf(cursor);
  const records = due(account, request, from, place);
  const page = records.slice(0, sizeOf(account, query));
  const last = page.at(-1);
  const next: Place = last ? [last.generated, last.id] : place;
  const after = Buffer.from(`${next[0]}.0||${next[1]}`).toString('base64');
  const rest = new URLSearchParams(query);
  rest.delete('start_time');
  rest.set('cursor', after);
  return ok({
    [from.name]: page.map((one) => from.render(one, query)),
    ...from.beside?.(page, query),
    after_url: `${urlOf(account, request.path)}?${rest.toString()}`,
    after_cursor: after,
    before_url: null,
    before_cursor: null,
    end_of_stream: page.length === records.length,
  });
}

function placeOf(cursor: string): Place {
  const [, time, id] = /^(\d+)\.0\|\|(-?\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
  if (time === undefined || id === undefined) throw badRequest('InvalidCursor', 'The cursor is not valid');
  return [Number(time), Number(id)];
}

/** A page ends with a second: all that changed in it comes along, and comes again with the next page. */
function byTime<T extends Stamped>(account: Account, request: ZendeskRequest, from: Export<T>): Answer {
  account.limits.take('incrementalExportsPerMinute');
  const { query } = request;
  const start = startTime(account, query);
  const records = due(account, request, from, [start, -1]);
  const end = records[Math.min(sizeOf(account, query), records.length) - 1]?.generated ?? start;
  const page = records.filter((record) => record.generated <= end);
  const rest = new URLSearchParams(query);
  rest.set('start_time', String(end));
  return ok({
    [from.name]: page.map((one) => from.render(one, query)),
    ...from.beside?.(page, query),
    count: page.length,
    end_of_stream: page.length === records.length,
    end_time: end,
    next_page: `${urlOf(account, request.path)}?${rest.toString()}`,
  });
}
