import { ok, urlOf, type Account, type Answer, type ZendeskRequest } from './account.ts';
import { badRequest, invalidAttribute } from './problem.ts';

/** Offsets reach so far. */
const LAST_PAGE = 100;
const LAST_RECORD = 10_000;

type Sortable = { readonly id: number };
type ListOptions<T> = {
  readonly name: string;
  readonly render: (record: T) => object;
  /** Fields that a client may sort by, besides the id, which is the order without a word. */
  readonly sorts?: readonly (keyof T & string)[];
  /** Other records that come with a page. */
  readonly beside?: (records: readonly T[]) => object;
  readonly maxSize?: number;
};

/** One page of records by cursor, where the request says so, or by offset. */
export function listed<T extends Sortable>(
  account: Account,
  request: ZendeskRequest,
  records: readonly T[],
  options: ListOptions<T>,
): Answer {
  const byCursor = ['page[size]', 'page[after]', 'page[before]'].some((name) => request.query.has(name));
  return ok(
    byCursor ? byCursors(account, request, records, options) : byOffset(account, request, records, options),
  );
}

function order<T extends Sortable>(
  query: URLSearchParams,
  options: ListOptions<T>,
): { key: (record: T) => string | number; descending: boolean } {
  const sort = query.get('sort');
  const name = (sort ?? query.get('sort_by') ?? 'id').replace(/^-/, '');
  const descending = sort?.startsWith('-') ?? query.get('sort_order') === 'desc';
  if (name !== 'id' && !options.sorts?.some((one) => one === name))
    throw badRequest('InvalidPaginationParameter', `sort is not valid: ${name}`);
  const key = (record: T) => {
    const value = record[name as keyof T];
    return typeof value === 'number' ? value : String(value ?? '');
  };
  return { key, descending };
}

type Place = readonly [key: string | number, id: number];
const compare = (a: Place, b: Place) => (a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? -1 : 1);
const cursorOf = (place: Place) => Buffer.from(JSON.stringify(place)).toString('base64url');

function placeOf(cursor: string): Place {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Place;
    if (Array.isArray(place) && place.length === 2) return place;
  } catch {
    // Said below.
  }
  throw badRequest('InvalidPaginationParameter', 'page[after] or page[before] is not a valid cursor');
}

function byCursors<T extends Sortable>(
  account: Account,
  request: ZendeskRequest,
  records: readonly T[],
  options: ListOptions<T>,
) {
  const { query, path } = request;
  const maxSize = options.maxSize ?? 100;
  const asked = Number(query.get('page[size]') ?? maxSize);
  if (!Number.isInteger(asked) || asked < 1 || asked > maxSize)
    throw badRequest('InvalidPaginationParameter', `page[size] must be from 1 to ${maxSize}`);
  const size = Math.min(asked, account.maxPageSize);
  const { key, descending } = order(query, options);
  const sign = descending ? -1 : 1;
  const place = (record: T): Place => [key(record), record.id];
  const sorted = [...records].sort((a, b) => sign * compare(place(a), place(b)));
  const before = query.get('page[before]');
  const after = query.get('page[after]');
  const reach = placeOf(before ?? after ?? cursorOf(['', 0]));
  const beyond = (record: T) => sign * compare(place(record), reach) > 0;
  const rest =
    before !== null
      ? sorted.filter((record) => sign * compare(place(record), reach) < 0)
      : after !== null
        ? sorted.filter(beyond)
        : sorted;
  const page = before === null ? rest.slice(0, size) : rest.slice(-size);
  const hasMore = rest.length > page.length;
  const [first, last] = [page.at(0), page.at(-1)];
  const to = (name: string, record: T | undefined) => {
    if (!record) return null;
    const target = new URLSearchParams(query);
    for (const other of ['page[after]', 'page[before]']) target.delete(other);
    target.set(name, cursorOf(place(record)));
    return `${urlOf(account, path)}?${target.toString()}`;
  };
  const more = before === null ? hasMore : true;
  const earlier = before === null ? after !== null : hasMore;
  return {
    [options.name]: page.map(options.render),
    ...options.beside?.(page),
    meta: {
      has_more: hasMore,
      after_cursor: last ? cursorOf(place(last)) : null,
      before_cursor: first ? cursorOf(place(first)) : null,
    },
    links: {
      prev: earlier ? to('page[before]', first) : null,
      next: more ? to('page[after]', last) : null,
    },
  };
}

function byOffset<T extends Sortable>(
  account: Account,
  request: ZendeskRequest,
  records: readonly T[],
  options: ListOptions<T>,
) {
  const { query } = request;
  const page = pageNumber(query);
  const size = pageSize(account, query);
  if (page > LAST_PAGE || page * size > LAST_RECORD)
    throw badRequest('InvalidPaginationDepth', `Pages reach ${LAST_PAGE} pages and ${LAST_RECORD} records`);
  const { key, descending } = order(query, options);
  const sign = descending ? -1 : 1;
  const sorted = [...records].sort((a, b) => sign * compare([key(a), a.id], [key(b), b.id]));
  const shown = sorted.slice((page - 1) * size, page * size);
  return {
    [options.name]: shown.map(options.render),
    ...options.beside?.(shown),
    ...pageLinks(account, request, sorted.length),
  };
}

/** What an answer by offset says of the other pages. */
export function pageLinks(account: Account, { query, path }: ZendeskRequest, count: number) {
  const page = pageNumber(query);
  const to = (target: number) => {
    const rest = new URLSearchParams(query);
    rest.set('page', String(target));
    return `${urlOf(account, path)}?${rest.toString()}`;
  };
  return {
    count,
    next_page: page * pageSize(account, query) < count ? to(page + 1) : null,
    previous_page: page > 1 ? to(page - 1) : null,
  };
}

export const pageNumber = (query: URLSearchParams) => positive(query, 'page', 1);
export const pageSize = ({ maxPageSize }: Account, query: URLSearchParams) =>
  Math.min(100, maxPageSize, positive(query, 'per_page', 100));

function positive(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw invalidAttribute(name, `Invalid parameter: ${name} must be an integer`);
  return number;
}
