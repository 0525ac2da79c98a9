import { readFullSync, stepFullSync } from '../capture/fullSync.ts';
import { affordable, PRIORITY } from '../core/spending.ts';
import type { Engine } from '../engine/engine.ts';
import type { Wake } from './wake.ts';

/** Where bridges share a store, another one may have been asked for it. */
const SHARED_PAUSE_MS = 2_000;
const PAUSE_MS = 60_000;

/** Goes on with a full sync that still reads, for as long as the day's calls leave room for it. */
export async function turnFullSync(
  engine: Engine,
  work: Wake,
  signal: AbortSignal,
): Promise<{ pauseMs: number; detail: string }> {
  const pauseMs = engine.store.shared ? SHARED_PAUSE_MS : PAUSE_MS;
  let sync = await readFullSync(engine.store);
  while (sync && sync.readAt === null && !signal.aborted) {
    if (affordable(engine.org.usage()) < PRIORITY.full)
      return { pauseMs: PAUSE_MS, detail: "waits: 75 % of Salesforce's daily calls are used" };
    sync = await stepFullSync(sync, engine, engine.now());
    work.ring();
  }
  return { pauseMs, detail: '' };
}
