import { createRequire } from 'node:module';

/** The bridge's own parser of conditions, loaded when one is parsed. */
const load = createRequire(new URL('../../bridge/package.json', import.meta.url));

export const parseQuery = (...given: unknown[]): unknown => {
  const parser = load('@jetstreamapp/soql-parser-js') as { parseQuery(...given: unknown[]): unknown };
  return parser.parseQuery(...given);
};
