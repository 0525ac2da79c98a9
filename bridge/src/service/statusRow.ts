import { DEFAULT_CONFIG } from '../core/config/syncConfig.ts';
import { oneMoreNews, type ToldNews } from '../core/spending.ts';
import type { BridgeRequest } from '../core/status/bridgeRequest.ts';
import { bridgeState } from '../core/status/bridgeState.ts';
import { EXAMPLES, firstHour, healthJson, type PartFacts } from '../core/status/healthJson.ts';
import { mappingsJson } from '../core/status/mappingsJson.ts';
import type { Engine } from '../engine/engine.ts';
import type { BridgeStatus } from '../ports/org.ts';
import { budgetsOf } from './budgets.ts';
import type { Health } from './health.ts';
import type { Turn } from './loops.ts';
import type { Settings } from './settings.ts';
import { storeKey } from './storeKey.ts';
import { whereRefused, whileScarce } from './tellingTurn.ts';
import type { Wake } from './wake.ts';

/** The part's own name; it tells of the others. */
export const STATUS_PART = 'salesforce status';

export type StatusPace = {
  /** How often the row is written when nothing changes. */
  readonly everyMs: number;
  /** How far apart two writes are at least that nobody asked for. */
  readonly spacingMs: number;
};
/** 288 calls a day while nothing changes. */
export const STATUS_PACE: StatusPace = { everyMs: 5 * 60_000, spacingMs: 10_000 };

export type StatusOptions = {
  readonly engine: Engine;
  readonly health: Health;
  readonly settings: Settings | null;
  /** Rung when failing pairs are to be tried again. */
  readonly work: Wake;
  /** Rings when something may have changed that the row tells. */
  readonly changed: Wake;
  readonly pace: StatusPace;
};

/**
 * The bridge's row in Salesforce: written now and then and whenever a part, the failing pairs or the config have
 * changed; what is asked for on it is done, and then cleared.
 */
export class StatusRow {
  readonly #options: StatusOptions;
  #rowId: string | null = null;
  #isAsked = false;
  /** What was told last: the same again is no news. */
  #told = '';
  #toldAt = Number.NEGATIVE_INFINITY;
  #lookAt = Number.NEGATIVE_INFINITY;
  #news: ToldNews = { day: 0, count: 0 };
  #detail = '';
  #failure: unknown = null;

  constructor(options: StatusOptions) {
    this.#options = options;
  }

  /** Somebody signals that he has asked for something on that record: it is looked at, where it is the row. */
  asked(recordId: string): void {
    // Before the first write nobody knows which one is the row.
    if (this.#rowId !== null && recordId !== this.#rowId) return;
    this.#isAsked = true;
    this.#options.changed.ring();
  }

  /** One turn: the row is written where there is a reason to. */
  async turn(): Promise<Turn> {
    const { engine, pace } = this.#options;
    const scarce = whileScarce(engine.org.usage());
    if (scarce) return scarce;
    const now = engine.now();
    const isAsked = this.#isAsked;
    if (!isAsked && now < this.#lookAt) {
      // Woken too soon: what the last turn came to still holds.
      if (this.#failure !== null) throw this.#failure;
      return { pauseMs: this.#lookAt - now, detail: this.#detail };
    }
    this.#isAsked = false;
    this.#lookAt = now + pace.spacingMs;
    try {
      const matters = await this.#matters();
      const isDue = isAsked || now >= this.#toldAt + pace.everyMs;
      if (isDue || (matters !== this.#told && this.#mayTellNews(now))) {
        await this.#tell();
        this.#told = matters;
        this.#toldAt = now;
      }
      this.#failure = null;
      this.#detail = '';
    } catch (error) {
      const refused = whereRefused(error);
      if (!refused) {
        this.#isAsked ||= isAsked;
        this.#failure = error;
        throw error;
      }
      this.#failure = null;
      this.#detail = refused.detail;
      this.#lookAt = now + refused.pauseMs;
      return refused;
    }
    const next = this.#toldAt + pace.everyMs - now;
    // What other bridges that share the store do rings no bell here.
    return engine.store.shared ? Math.min(next, pace.spacingMs) : next;
  }

  /** What is told at once when it changes; cheap, as it is looked at every few seconds. */
  async #matters(): Promise<string> {
    const { engine, settings } = this.#options;
    const causes = (await engine.store.causes()).map((cause) => JSON.stringify(cause)).sort();
    const parts = this.#parts().map(({ name, state }) => [name, state]);
    return JSON.stringify([parts, causes, engine.active().mark, settings?.state]);
  }

  #mayTellNews(now: number): boolean {
    const more = oneMoreNews(this.#news, now, this.#options.engine.org.usage()?.max ?? null);
    if (more !== null) this.#news = more;
    return more !== null;
  }

  async #tell(): Promise<void> {
    const { org } = this.#options.engine;
    const { rowId, asked } = await org.writeStatus(await this.#status(), false);
    this.#rowId = rowId;
    if (asked === null) return;
    await this.#answer(asked);
    const { asked: cleared } = await org.writeStatus(await this.#status(), true);
    // Somebody asked for something else meanwhile: it is not cleared undone.
    if (cleared !== null && JSON.stringify(cleared) !== JSON.stringify(asked)) await this.#answer(cleared);
  }

  async #answer(request: BridgeRequest): Promise<void> {
    if (request.action === 'Refresh') return;
    const { engine, work } = this.#options;
    await engine.store.retry(request.failureClass);
    work.ring();
  }

  async #status(): Promise<BridgeStatus> {
    const { engine, settings } = this.#options;
    const { store } = engine;
    const now = engine.now();
    const parts = this.#parts();
    const { salesforce, desk } = budgetsOf(engine);
    const { config, problems } = settings?.state ?? { config: DEFAULT_CONFIG, problems: [] };
    return {
      key: await storeKey(store),
      state: bridgeState(parts, settings ? config?.enabled === false : !engine.active().enabled),
      seenAt: now,
      health: healthJson({
        now,
        parts,
        pairs: await store.countsByPair(),
        causes: await store.failures(EXAMPLES),
        salesforce,
        desk,
        hours: await store.hours(firstHour(now)),
      }),
      mappings: mappingsJson({
        home: settings?.home ?? 'org',
        config,
        problems,
        vocabulary: engine.desk.vocabulary,
      }),
    };
  }

  #parts(): PartFacts[] {
    const { health } = this.#options;
    return Object.entries(health.parts())
      .filter(([name]) => name !== STATUS_PART)
      .map(([name, part]) => ({ name, ...part, heardAt: health.heardAt(name) }));
  }
}
