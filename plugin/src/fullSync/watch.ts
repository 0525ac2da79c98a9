import { setTimeout as pause } from 'node:timers/promises';
import type { BridgeClient } from '../bridge/bridgeClient.ts';
import { failure } from '../errors.ts';
import type { FullSyncAnswer, Report, Sync } from './answers.ts';

const PATH = '/control/full-sync';
const LOOK_MS = 500;

type Watch = { readonly timeoutMs: number; readonly now: () => number };
/** `config`: the text of a config file that the preview goes by instead of the one that holds. */
type PreviewWatch = Watch & { readonly config?: string };

/**
 * Starts a full sync and watches it until everything is read and brought in step, or the time is over; the bridge
 * goes on all the same. Returns how it stands then.
 * @param onProgress told at every look
 */
export async function watchFullSync(
  bridge: BridgeClient,
  { timeoutMs, now }: Watch,
  onProgress: (sync: Sync) => void,
): Promise<Sync> {
  const started = now();
  let answer = await bridge.post<FullSyncAnswer>(PATH, { dryRun: false });
  for (;;) {
    const { sync } = answer;
    if (!sync) throw failure('BridgeRefused', ['It has no full sync.']);
    onProgress(sync);
    if (isDone(sync) || now() - started >= timeoutMs) return sync;
    await pause(LOOK_MS);
    answer = await bridge.get<FullSyncAnswer>(PATH);
  }
}

/** True once everything is read and nothing waits; what fails is told by the status. */
export function isDone({ readAt, waiting }: Sync): boolean {
  return readAt !== null && waiting === 0;
}

/**
 * Lets the bridge work out what a full sync would do, and waits for it.
 * @throws PreviewFailed in the bridge's own words, PreviewLate when the time is over
 */
export async function watchPreview(
  bridge: BridgeClient,
  { timeoutMs, now, config }: PreviewWatch,
  onProgress: (records: number) => void,
): Promise<Report> {
  const started = now();
  let answer = await bridge.post<FullSyncAnswer>(PATH, {
    dryRun: true,
    ...(config === undefined ? {} : { config }),
  });
  for (;;) {
    const { preview } = answer;
    if (preview?.report) return preview.report;
    if (preview?.state === 'failed') throw failure('PreviewFailed', [preview.message ?? '']);
    if (now() - started >= timeoutMs) throw failure('PreviewLate');
    onProgress(preview?.records ?? 0);
    await pause(LOOK_MS);
    answer = await bridge.get<FullSyncAnswer>(PATH);
  }
}
