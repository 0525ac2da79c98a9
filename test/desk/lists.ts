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

function sort<T extends Sortable>(records: readonly T[], query: URLSearchParams): T[] {
  const field = query.get('sort_field') ?? 'id';
  const direction = query.get('sort_direction') === 'desc' ? -1 : 1;
  const key = (record: T) =>
    typeof record[field] === 'number' ? record[field] : String(record[field] ?? '');
  return [...records].sort((a, b) => {
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
