import { Adapter, answered, org, select } from './org.js';

export const gql = (strings) => strings.join('');

export class graphql extends Adapter {
  async load() {
    const { query, variables } = this.config;
    if (!query || !variables) return;
    org.query = query;
    org.looks = (org.looks ?? 0) + 1;
    await answered();
    const refresh = () => this.load();
    if (org.readError) this.provide({ data: undefined, errors: [{ message: org.readError }], refresh });
    else {
      const [, object] = /query \{\s*(\w+)\(/.exec(query);
      const rows = { [object]: select(object, query, variables.recordId) };
      this.provide({ data: { uiapi: { query: rows } }, errors: undefined, refresh });
    }
  }
}
