import { RequestFailed } from '../core/failure.ts';
import type { Cost, Tally } from '../core/previewTally.ts';
import type { Engine } from '../engine/engine.ts';
import { previewFullSync } from '../engine/preview.ts';

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
  readonly #signal: AbortSignal;
  #state: PreviewState | null = null;

  constructor(engine: Engine, signal: AbortSignal) {
    this.#engine = engine;
    this.#signal = signal;
  }

  get state(): PreviewState | null {
    return this.#state;
  }

  /** Begins one, unless one runs. */
  start(): void {
    if (this.#state?.state === 'running') return;
    this.#state = { state: 'running', records: 0 };
    void this.#run();
  }

  async #run(): Promise<void> {
    let records = 0;
    try {
      const onProgress = (read: number) => {
        records = read;
        this.#state = { state: 'running', records };
      };
      const tally = await previewFullSync(this.#engine, onProgress, this.#signal);
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
}
