import { RequestFailed } from '../core/failure.ts';
import type { Cost, Tally } from '../core/previewTally.ts';
import type { Engine } from '../engine/engine.ts';
import type { SyncConfig } from '../core/config/syncConfig.ts';
import { previewFullSync } from '../engine/preview.ts';

import { ConfigRefused, type Settings } from './settings.ts';

/** What a full sync would do and cost, and what of it the day leaves room for. */
export type PreviewReport = {
  readonly objects: Tally;
  readonly cost: Cost;
  /** Of Salesforce: calls left today, and events that may still be delivered; null where there are no events. */
  readonly left: { readonly calls: number; readonly events: number | null };
};
export type PreviewState =
  | { readonly state: 'running'; readonly records: number }
  | { readonly state: 'done'; readonly records: number; readonly report: PreviewReport }
  | { readonly state: 'failed'; readonly records: number; readonly message: string };

/** The preview of a full sync: one at a time, kept until the next. It writes nothing, so a restart forgets it. */
export class PreviewJob {
  readonly #engine: Engine;
  readonly #settings: Settings | null;
  readonly #signal: AbortSignal;
  #state: PreviewState | null = null;

  constructor(engine: Engine, settings: Settings | null, signal: AbortSignal) {
    this.#engine = engine;
    this.#settings = settings;
    this.#signal = signal;
  }

  get state(): PreviewState | null {
    return this.#state;
  }

  /** Begins one, unless one runs: under the config that holds, or under one that somebody thinks of. */
  start(config: SyncConfig | null = null): void {
    if (this.#state?.state === 'running') return;
    this.#state = { state: 'running', records: 0 };
    void this.#run(config);
  }

  async #run(config: SyncConfig | null): Promise<void> {
    let records = 0;
    try {
      const onProgress = (read: number) => {
        records = read;
        this.#state = { state: 'running', records };
      };
      const engine = await this.#engineUnder(config);
      const tally = await previewFullSync(engine, onProgress, this.#signal);
      const { calls, eventsLeft } = await this.#engine.org.limits();
      const report: PreviewReport = {
        objects: tally.tally,
        cost: tally.cost(this.#engine.desk.rate().limit),
        left: { calls: calls.max - calls.used, events: eventsLeft },
      };
      this.#state = { state: 'done', records, report };
    } catch (error) {
      const message =
        error instanceof RequestFailed || error instanceof Error ? error.message : String(error);
      this.#state = { state: 'failed', records, message };
    }
  }

  async #engineUnder(config: SyncConfig | null): Promise<Engine> {
    if (config === null || this.#settings === null) return this.#engine;
    const compiled = await this.#settings.compile(config);
    if (!compiled.ok) throw new ConfigRefused('the one that is thought of', compiled.problems);
    return { ...this.#engine, active: () => compiled.active };
  }
}
