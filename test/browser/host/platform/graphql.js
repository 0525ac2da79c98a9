import { Adapter } from '../scripts/adapter.js';
import { call } from '../scripts/call.js';

export const gql = (strings, ...parts) => ({
  text: String.raw({ raw: strings }, ...parts.map((part) => part?.text ?? part)),
});

/** What an operation declares without a default must be given: until it is, the platform does not ask. */
const needsVariables = ({ text }) => /^\s*(?:query|mutation)\b[^{]*\$\w+\s*:[^,)=]*[,)]/.test(text);

export class graphql extends Adapter {
  isReady({ query, variables }) {
    return Boolean(query) && (Boolean(variables) || !needsVariables(query));
  }
  async load({ query, variables, operationName }) {
    const { data, errors } = await call('POST', '/graphql', { query: query.text, variables, operationName });
    return { data: data ?? undefined, errors: errors?.length > 0 ? errors : undefined };
  }
  give({ data, errors }) {
    this.provide({ data, errors, refresh: () => this.run() });
  }
  fail(error) {
    this.give({
      data: undefined,
      errors: [{ message: error?.body?.message ?? String(error?.message ?? error) }],
    });
  }
  begin() {
    this.provide({ data: undefined, errors: undefined, refresh: () => this.run() });
  }
}
