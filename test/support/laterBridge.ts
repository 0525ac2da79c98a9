// The bridge of a release to come, as its operator runs it: the same program, which knows more migrations. Which ones
// the variable LATER_MIGRATIONS says, by the name of what laterMigrations.ts exports.
import { registerHooks } from 'node:module';

const SOURCE = new URL('../../bridge/src/', import.meta.url).href;
const LATER = new URL('laterBridgeParts.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    const isTheirs = found.url === `${SOURCE}store/migrations.ts`;
    return isTheirs && context.parentURL === `${SOURCE}store/postgres.ts` ? { ...found, url: LATER } : found;
  },
});
await import('@desk-connect/bridge/service/main.js');
