import { DeskProblem, invalid } from './problem.ts';

/** Pages above it are refused, for the lists that say so. */
const LAST_PAGE = 500;

export type ListOptions = {
  readonly path: string;
  readonly defaultSize: number;
  readonly capped: boolean;
  readonly maxSize?: number;
};

type Sortable = { readonly id: number; readonly [field: string]: unknown };

/** One page of records, sorted as asked, in Desk's form. */
export function page<T extends Sortable>(
  records: readonly T[],
  query: URLSearchParams,
  options: ListOptions,
  render: (record: T) => object,
) {
  const number = positive(query, 'page', 1);
  if (options.capped && number > LAST_PAGE) throw invalid({ page: ['too_large'] });
  const size = Math.min(options.maxSize ?? 100, positive(query, 'per_page', options.defaultSize));
  const sorted = sort(records, query);
  const last = Math.max(1, Math.ceil(sorted.length / size));
  const to = (target: number) => ({
    href: `/api/v2/${options.path}?${queryFor(query, target, size)}`,
    class: 'page',
  });
  return {
    total_entries: sorted.length,
    page: number,
    _links: {
      self: to(number),
      first: to(1),
      last: to(last),
      previous: number > 1 ? to(number - 1) : null,
      next: number < last ? to(number + 1) : null,
    },
    _embedded: {
      entries: sorted
        .slice((number - 1) * size, number * size)
        .map((record) => selected(render(record), query)),
    },
  };
}

function positive(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new DeskProblem(400, `${name} must be a positive integer`);
  return number;
}

function queryFor(query: URLSearchParams, number: number, size: number): string {
  const rest = new URLSearchParams(query);
  rest.delete('page');
  rest.delete('per_page');
  rest.set('page', String(number));
  rest.set('per_page', String(size));
  return rest.toString();
}

type Sorted = {
  readonly records: Sortable[];
  /** The last one of the list as it was then: where another stands in its place, some have gone. */
  readonly last: Sortable | undefined;
};
/** Lists as they were sorted last, by what: hardly anything has changed when the next page is asked for. */
const orders = new WeakMap<readonly Sortable[], Map<string, Sorted>>();

function sort<T extends Sortable>(records: readonly T[], query: URLSearchParams): readonly T[] {
  const field = query.get('sort_field') ?? 'id';
  const direction = query.get('sort_direction') === 'desc' ? -1 : 1;
  const orderOf = orders.get(records) ?? new Map<string, Sorted>();
  orders.set(records, orderOf);
  const known = orderOf.get(`${field} ${direction}`);
  const kept = known && records[known.records.length - 1] === known.last ? (known.records as T[]) : [];
  const sorted = [...kept, ...records.slice(kept.length)];
  orderOf.set(`${field} ${direction}`, { records: sorted, last: records.at(-1) });
  const key = ({ [field]: value }: T) => (typeof value === 'number' ? value : String(value ?? ''));
  return sorted.sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === right) return a.id - b.id;
    return (left < right ? -1 : 1) * direction;
  });
}

/** `fields=a,b` leaves the other fields out; links stay. */
export function selected(body: object, query: URLSearchParams): object {
  const wanted = query.get('fields')?.split(',');
  if (!wanted) return body;
  return Object.fromEntries(
    Object.entries(body).filter(
      ([name]) => wanted.includes(name) || name === '_links' || name === '_embedded',
    ),
  );
}
