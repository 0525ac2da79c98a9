// Runs in the page before its own scripts: answers their calls from `globalThis.org`, at once or when the test lets
// it. A test sets what the org has, and changes it as the bridge would.
(() => {
  const org = (globalThis.org ??= {});

  /** Resolves when the test no longer holds the org's answers back. */
  async function answered() {
    while (org.isHeld) await new Promise((resolve) => (org.release = resolve));
  }

  /** As a response of fetch, but without a body that takes time to read. */
  const answer = (status, body) => ({
    ok: status < 400,
    status,
    statusText: String(status),
    json: () => Promise.resolve(body),
  });

  function objectInfo(apiName) {
    if (org.mayNotRead) return answer(403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'No access' }]);
    const updateable = !org.mayNotUpdate;
    const fields = { Status__c: { updateable: false }, Requested_Action__c: { updateable } };
    return answer(200, { apiName, updateable, fields });
  }

  /** The row as UI API's GraphQL gives it: just the fields that the query asks for. */
  function select(object, query, recordId) {
    const row = (object === 'Desk_Log__c' ? org.logs : org.links)?.[recordId];
    if (!row) return { edges: [] };
    const names = [...query.slice(query.indexOf('node {')).matchAll(/(\w+__c) \{\s*value/g)].map(
      ([, name]) => name,
    );
    const fields = names.map((name) => [name, { value: row[name] ?? null }]);
    return { edges: [{ node: { Id: row.Id, ...Object.fromEntries(fields) } }] };
  }

  async function graphql({ query, variables }) {
    org.query = query;
    org.looks = (org.looks ?? 0) + 1;
    await answered();
    if (org.readError) return answer(200, { data: null, errors: [{ message: org.readError }] });
    const [, object] = /query \{\s*(\w+)\(/.exec(query);
    const recordId = variables.recordId ?? variables.where.Record_Id__c.eq;
    const rows = { [object]: select(object, query, recordId) };
    return answer(200, { data: { uiapi: { query: rows } }, errors: [] });
  }

  async function write(Id, fields) {
    await answered();
    (org.writes ??= []).push(fields);
    if (org.writeError)
      return answer(400, { message: 'An error occurred', output: { errors: [org.writeError] } });
    const row = Object.values(org.links).find((link) => link.Id === Id);
    Object.assign(row, fields);
    return answer(200, { id: Id, fields: {} });
  }

  globalThis.fetch = async (path, { body } = {}) => {
    const [, resource, name] = /\/(object-info|graphql|records)\/?(\w*)/.exec(path);
    if (resource === 'graphql') return graphql(JSON.parse(body));
    if (resource === 'records') return write(name, JSON.parse(body).fields);
    await answered();
    return objectInfo(name);
  };
})();
