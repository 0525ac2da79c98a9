import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { CAUSE, RequestFailed } from '../core/failure.ts';
import type { Engine } from '../engine/engine.ts';
import { explain } from '../engine/explain.ts';
import { missingRecord } from '../engine/missingRecord.ts';
import { verifyPairs } from '../engine/verify.ts';
import { recordRef, type RecordRef } from '../store/recordRef.ts';
import { PRIORITY } from '../core/spending.ts';
import type { PairStatus } from '../store/store.ts';
import { isAuthorized } from './controlToken.ts';
import { configRoutes, type ConfigRouteOptions } from './configRoutes.ts';
import { fullSyncRoutes } from './fullSyncRoutes.ts';
import { linkRoute } from './linkRoute.ts';
import type { PreviewJob } from './previewJob.ts';

const HISTORY = 200;
/** As many as Salesforce reads in one request. */
const VERIFIED_AT_ONCE = 200;
const Record = z.object({ record: z.string().max(40) });
const Ask = Record.extend({ action: z.enum(['Sync Now', 'Unlink', 'Relink']) });
const Verify = z.object({ after: z.coerce.number().int().min(0).default(0) });
const CLASSES = Object.keys(CAUSE);
const Retry = z.object({ class: z.enum(CLASSES).optional() });

type Problem = { readonly status: number; readonly code: string; readonly message: string };
const NOT_A_RECORD: Problem = {
  status: 400,
  code: 'NOT_A_RECORD',
  message:
    'Name a record by its Salesforce id of 18 characters, or as case:123, customer:123 or company:123.',
};
const neverSeen = (record: string): Problem => ({
  status: 404,
  code: 'NEVER_SEEN',
  message: `The bridge has not seen this record yet. "sf deskconnect sync --record ${record}" makes it look at it now.`,
});

export type ControlOptions = {
  readonly engine: Engine;
  /** Of whoever commands the bridge. */
  readonly token: string;
  /** Called when something became due. */
  readonly onDue: () => void;
  readonly preview: PreviewJob;
  /** Called when a full sync was asked for. */
  readonly onFullSync: () => void;
} & ConfigRouteOptions;

/** What the CLI asks of a bridge that runs. Everything here needs the control token. */
export function controlRoutes(server: FastifyInstance, options: ControlOptions): void {
  const { engine, token, onDue } = options;
  server.addHook('onRequest', async (request, reply) => {
    if (isAuthorized(request.headers.authorization, token)) return;
    await reply.code(401).send({
      code: 'NO_TOKEN',
      message: 'Show the token that stands in the file control-token of the data folder.',
    });
  });
  configRoutes(server, options);
  fullSyncRoutes(server, options);
  linkRoute(server, options);
  server.get('/control/pair', async (request, reply) => {
    const found = await lookUp(engine, request.query);
    if ('code' in found) return reply.code(found.status).send(found);
    return statusOf(found.status);
  });
  server.get('/control/history', async (request, reply) => {
    const found = await lookUp(engine, request.query);
    if ('code' in found) return reply.code(found.status).send(found);
    return { entries: await engine.store.history(found.status.pair, HISTORY) };
  });
  server.get('/control/explain', async (request, reply) => {
    const found = await lookUp(engine, request.query);
    if ('code' in found) return reply.code(found.status).send(found);
    return { ...statusOf(found.status), explanation: await explain(engine, found.status.pair) };
  });
  server.get('/control/verify', async (request, reply) => {
    const asked = Verify.safeParse(request.query);
    if (!asked.success)
      return reply.code(400).send({ code: 'NOT_A_ROW', message: 'after must be a number.' });
    const pairs = await engine.store.inStep(asked.data.after, VERIFIED_AT_ONCE);
    const last = pairs.length < VERIFIED_AT_ONCE ? undefined : pairs.at(-1);
    return { compared: pairs.length, differences: await verifyPairs(engine, pairs), next: last?.row ?? null };
  });
  server.post('/control/ask', async (request, reply) => {
    const asked = Ask.safeParse(request.body);
    const ref = asked.success ? recordRef(asked.data.record) : null;
    if (!asked.success || !ref) return reply.code(400).send(NOT_A_RECORD);
    const { action } = asked.data;
    const known = await engine.store.find(ref.pair, ref.side, ref.id);
    // A record that was never seen can be synced for the first time; there is nothing to unlink.
    if (!known && action !== 'Sync Now') return reply.code(404).send(neverSeen(asked.data.record));
    const gone = known ? null : await missingNow(engine, ref);
    if (gone !== null) return reply.code(404).send({ code: 'GONE', message: gone });
    const sighting = { pair: ref.pair, side: ref.side, id: ref.id };
    const withAction = known?.pair.linkId ? { ...sighting, asked: action } : sighting;
    const due = await engine.store.sight([withAction], PRIORITY.live);
    onDue();
    return { due };
  });
  server.post('/control/retry', async (request, reply) => {
    const asked = Retry.safeParse(request.body ?? {});
    if (!asked.success)
      return reply.code(400).send({ code: 'NOT_A_CLASS', message: `The classes are ${CLASSES.join(', ')}.` });
    const due = await engine.store.retry(asked.data.class ?? null);
    onDue();
    return { due };
  });
}

async function lookUp(
  engine: Engine,
  query: unknown,
): Promise<{ ref: RecordRef; status: PairStatus } | Problem> {
  const asked = Record.safeParse(query);
  const ref = asked.success ? recordRef(asked.data.record) : null;
  if (!asked.success || !ref) return NOT_A_RECORD;
  const status = await engine.store.find(ref.pair, ref.side, ref.id);
  return status ? { ref, status } : neverSeen(asked.data.record);
}

/** A side that does not answer now is asked again when the record's turn comes. */
async function missingNow(engine: Engine, ref: RecordRef): Promise<string | null> {
  try {
    return await missingRecord(engine, ref);
  } catch (error) {
    if (error instanceof RequestFailed) return null;
    throw error;
  }
}

function statusOf({ pair, failure, dueAt, syncedAt }: PairStatus) {
  const { pair: kind, salesforceId, deskId, state, attempts, asked } = pair;
  return { pair: kind, salesforceId, deskId, state, attempts, asked, failure, dueAt, syncedAt };
}
