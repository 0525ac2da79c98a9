import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { readFullSync, startFullSync, type FullSync } from '../capture/fullSync.ts';
import { parseConfigFile } from '../core/config/configFile.ts';
import { PRIORITY } from '../core/spending.ts';
import type { Engine } from '../engine/engine.ts';
import type { PreviewJob, PreviewState } from './previewJob.ts';

const Start = z.object({ dryRun: z.boolean().default(false), config: z.string().max(1_000_000).optional() });

/** How a full sync stands: what was read, and how many pairs are still to be brought in step. */
export type FullSyncAnswer = {
  readonly sync: (Pick<FullSync, 'startedAt' | 'readAt' | 'read'> & { readonly waiting: number }) | null;
  readonly preview: PreviewState | null;
};

/** Starts full syncs and their previews, and tells how they go. Belongs to the pages that need the token. */
export function fullSyncRoutes(
  server: FastifyInstance,
  { engine, preview, onFullSync }: { engine: Engine; preview: PreviewJob; onFullSync: () => void },
): void {
  const answer = async (): Promise<FullSyncAnswer> => {
    const sync = await readFullSync(engine.store);
    if (!sync) return { sync: null, preview: preview.state };
    const { startedAt, readAt, read } = sync;
    const waiting = await engine.store.waiting(PRIORITY.full);
    return { sync: { startedAt, readAt, read, waiting }, preview: preview.state };
  };
  server.get('/control/full-sync', answer);
  server.post('/control/full-sync', async (request, reply) => {
    const asked = Start.safeParse(request.body ?? {});
    if (!asked.success)
      return reply.code(400).send({ code: 'NOT_A_START', message: 'dryRun must be true or false.' });
    const { dryRun, config } = asked.data;
    const thought = config === undefined ? null : parseConfigFile(config);
    if (thought?.ok === false)
      return reply.code(400).send({ code: 'NOT_A_CONFIG', message: thought.problems[0]?.message ?? '' });
    if (dryRun) preview.start(thought?.config ?? null);
    else {
      await startFullSync(engine.store, engine.active(), engine.now());
      onFullSync();
    }
    return answer();
  });
}
