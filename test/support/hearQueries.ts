import pg from 'pg';

type Query = (this: pg.Client, ...given: unknown[]) => unknown;

/** Calls back with each request to PostgreSQL of this process, whichever client sends it. Returns how to end it. */
export function hearQueries(onQuery: (text: unknown, values: unknown) => void): () => void {
  const client = pg.Client.prototype as unknown as { query: Query };
  const query = Reflect.get(client, 'query');
  client.query = function (...given) {
    onQuery(given[0], given[1]);
    return query.apply(this, given);
  };
  return () => {
    client.query = query;
  };
}
