// The bridge, as its operator runs it, with failpoints: some of its modules get another one in place of a part that
// they import. So the bridge itself has no failpoints that anything could set off. It is run with an IPC channel:
// it loads, waits for the first order (or none), starts, and takes further ones while it runs.
import { once } from 'node:events';
import { flushCompileCache, registerHooks } from 'node:module';
import { take, watchCommitsAndRequests } from './failpoints.ts';
import type { Told } from './steps.ts';

const SOURCE = new URL('../../bridge/src/', import.meta.url).href;
const PARTS = new URL('mortalParts.ts', import.meta.url).href;

/** Which import of which module is redirected. */
const REDIRECTED = new Set([
  'engine/apply.ts core/decide.ts',
  'desks/desk.ts desk/createDesk.ts',
  'desks/zendesk.ts zendesk/createZendesk.ts',
  'service/serve.ts salesforce/connectOrg.ts',
  'service/serve.ts service/sharedClock.ts',
  'store/sqlite.ts store/database.ts',
  'store/postgres.ts store/database.ts',
]);
const inSource = (url: string | undefined) => (url?.startsWith(SOURCE) ? url.slice(SOURCE.length) : '');

registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    const isRedirected = REDIRECTED.has(`${inSource(context.parentURL)} ${inSource(found.url)}`);
    return isRedirected ? { ...found, url: PARTS } : found;
  },
});
watchCommitsAndRequests();
await import('@desk-connect/bridge/service/serve.js');
// Who is killed writes none at his end.
flushCompileCache();
const [first] = (await once(process, 'message')) as [Told];
take(first.order);
process.on('message', ({ order }: Told) => take(order));
// Without its test it would run on.
process.on('disconnect', () => process.exit());
// The channel keeps nobody alive who was asked to stop.
process.channel?.unref();
await import('@desk-connect/bridge/service/main.js');
