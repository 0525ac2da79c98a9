// What the page's org has and answers. A test sets `globalThis.org` before the page runs, and changes it as
// the bridge would.
const org = (globalThis.org ??= {});

const live = new Set();

/** As a wire adapter of the platform: provisions on connect and on each new configuration. */
export class Adapter {
  constructor(dataCallback) {
    this.provide = dataCallback;
  }
  connect() {
    live.add(this);
  }
  disconnect() {
    live.delete(this);
  }
  update(config) {
    const key = JSON.stringify(config);
    if (key === this.key) return;
    this.key = key;
    this.config = config;
    void this.load();
  }
}

/** Resolves when the test no longer holds the org's answers back. */
export async function answered() {
  while (org.isHeld) await new Promise((resolve) => (org.release = resolve));
}

/** The row as UI API's GraphQL gives it: just the fields that the query asks for. */
export function select(object, query, recordId) {
  const row = (object === 'Desk_Log__c' ? org.logs : org.links)?.[recordId];
  if (!row) return { edges: [] };
  const names = [...query.slice(query.indexOf('node {')).matchAll(/(\w+__c) \{\s*value/g)].map(
    ([, name]) => name,
  );
  const fields = names.map((name) => [name, { value: row[name] ?? null }]);
  return { edges: [{ node: { Id: row.Id, ...Object.fromEntries(fields) } }] };
}

/** Writes fields as UI API does, and fails as it does. */
export async function write({ Id, ...fields }) {
  await answered();
  (org.writes ??= []).push(fields);
  if (org.writeError)
    throw { status: 400, body: { message: 'An error occurred', output: { errors: [org.writeError] } } };
  const row = Object.values(org.links).find((link) => link.Id === Id);
  Object.assign(row, fields);
}

export { org };
