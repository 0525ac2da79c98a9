// oxlint-disable-next-line no-restricted-imports -- what it loads is as pure as what stands here
import { createRequire } from 'node:module';
import type { parseQuery } from '@jetstreamapp/soql-parser-js';

const load = createRequire(import.meta.url);

/**
 * The library that reads SOQL, loaded when a condition is first read: it takes 16 MB and a fifth of a second, and most
 * bridges have no conditions.
 */
export const soqlParser = () =>
  load('@jetstreamapp/soql-parser-js') as { readonly parseQuery: typeof parseQuery };
