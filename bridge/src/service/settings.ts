import { standardConfig, type ActiveConfig } from '../core/config/activeConfig.ts';
import { compileConfig } from '../core/config/compileConfig.ts';
import { problemText, type ConfigProblem } from '../core/config/configProblem.ts';
import type { Describes } from '../core/config/describes.ts';
import { configMark, DEFAULT_CONFIG, type SyncConfig } from '../core/config/syncConfig.ts';
import type { Vocabulary } from '../core/vocabulary/vocabulary.ts';
import type { Store } from '../store/store.ts';
import type { ConfigSource, SourceAnswer } from './configSource.ts';

/** The config that was last found good, for a start that finds a bad one. */
const LAST_GOOD = 'config';
/** How long a config that was refused is not checked again by itself: the fields that it lacked may be there by then. */
const REFUSED_MS = 5 * 60_000;
/** How long a config counts as good: fields that it names may be deleted, or hidden from the bridge's user. */
const GOOD_MS = 3_600_000;

export type SettingsOptions = {
  readonly source: ConfigSource;
  /** What both sides say of their fields; asked only for a config that says something. */
  readonly describe: (config: SyncConfig) => Promise<Describes>;
  /** Of the help desk. */
  readonly vocabulary: Vocabulary;
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told when another config has taken the place of the last one. */
  readonly onChange: () => void;
};

const KEPT = 'is not used, and the last good one stays';
const HELD_BACK = 'fits both sides no more, and nothing is written until it does';

/** A config that is not used: the last good one stays. The message names each record, field and fix. */
export class ConfigRefused extends Error {
  readonly problems: readonly ConfigProblem[];
  constructor(source: string, problems: readonly ConfigProblem[], outcome = KEPT) {
    const errors = problems.filter(({ level }) => level === 'error');
    super(`The config (${source}) ${outcome}. ${errors.map(problemText).join(' ')}`);
    this.name = 'ConfigRefused';
    this.problems = problems;
  }
}

/** A user who may not see the types finds an org that has none. */
const HIDDEN: ConfigProblem = {
  level: 'error',
  record: 'org',
  field: '',
  message: 'The org shows no custom metadata types for rules and mappings any more.',
  fix: 'Let "sf deskconnect setup" mend the permission set; if they were removed on purpose, import an empty config.',
};

/** What an admin has set, as this bridge goes by it. A config is swapped in as a whole, or not at all. */
export class Settings {
  readonly #options: SettingsOptions;
  #active: ActiveConfig;
  #config: SyncConfig | null = null;
  #warnings: readonly ConfigProblem[] = [];
  #taken: string | null = null;
  #checkedAt = 0;
  #isDoubted = false;
  #refused: { readonly mark: string; readonly at: number; readonly error: ConfigRefused } | null = null;

  constructor(options: SettingsOptions) {
    this.#options = options;
    // Until a config was found good, what changes is kept in mind, and nothing is written.
    this.#active = { ...standardConfig(options.vocabulary), enabled: false, mark: 'held' };
  }

  /** How often the source is looked at, in milliseconds. */
  get pauseMs(): number {
    return this.#options.source.pauseMs;
  }

  /** Where the config is kept. */
  get home(): ConfigSource['home'] {
    return this.#options.source.home;
  }

  readonly active = (): ActiveConfig => this.#active;

  /** The config that holds now, null before the first; and what is wrong with the one that was refused, if any. */
  get state(): { readonly config: SyncConfig | null; readonly problems: readonly ConfigProblem[] } {
    return { config: this.#config, problems: this.#refused?.error.problems ?? this.#warnings };
  }

  /**
   * Looks at the source and takes over what is new there. `anew`: checks it whether it is new or not.
   * @throws ConfigRefused, or what the source or a side throws that does not answer
   */
  async refresh({ anew = false } = {}): Promise<void> {
    const { source, now } = this.#options;
    const answer = await source.read();
    const mark = markOf(answer);
    const refused = this.#refused;
    if (refused && refused.mark === mark && !anew && !this.#isDoubted && now() < refused.at + REFUSED_MS)
      throw refused.error;
    const isDue = anew || this.#isDoubted || now() >= this.#checkedAt + GOOD_MS;
    if (mark === this.#taken && !refused && !isDue) {
      return;
    }
    this.#isDoubted = false;
    try {
      await this.#take(answer, mark);
      this.#taken = mark;
      this.#checkedAt = now();
      this.#refused = null;
    } catch (error) {
      if (!(error instanceof ConfigRefused)) throw error;
      this.#refused = { mark, at: now(), error };
      await this.#fallBack();
      throw error;
    }
  }

  /** A side knows a field no more that the config may name: it is checked when it is looked at next. */
  doubt(): void {
    this.#isDoubted = true;
  }

  async #take({ config, problems, absent }: SourceAnswer, mark: string): Promise<void> {
    const { source, store } = this.#options;
    if (absent && (await this.#hadRules())) throw new ConfigRefused(source.name, [HIDDEN]);
    if (config === null || problems.some(({ level }) => level === 'error'))
      throw new ConfigRefused(source.name, problems);
    const compiled = await this.compile(config);
    if (!compiled.ok) {
      if (mark !== this.#taken) throw new ConfigRefused(source.name, compiled.problems);
      // It was good until now: what it says is not done by half.
      this.#active = compiled.held;
      throw new ConfigRefused(source.name, compiled.problems, HELD_BACK);
    }
    await store.sight([], 0, [{ name: LAST_GOOD, value: JSON.stringify(config) }]);
    this.#swap(config, compiled.active, [...problems, ...compiled.warnings]);
  }

  /** Whether the last good config said anything: without it, everything would be synced. */
  async #hadRules(): Promise<boolean> {
    const value = await this.#options.store.cursor(LAST_GOOD);
    return value !== null && configMark(JSON.parse(value) as SyncConfig) !== configMark(DEFAULT_CONFIG);
  }

  /** Checks a config against both sides, and makes it ready to be decided by; nothing is swapped in. */
  async compile(config: SyncConfig): Promise<ReturnType<typeof compileConfig>> {
    if (configMark({ ...config, enabled: true }) === configMark(DEFAULT_CONFIG))
      return {
        ok: true,
        active: {
          ...standardConfig(this.#options.vocabulary),
          enabled: config.enabled,
          mark: configMark(config),
        },
        warnings: [],
      };
    return compileConfig(config, await this.#options.describe(config), this.#options.now);
  }

  /** A bridge that has just started goes by the last good config, where there is one. */
  async #fallBack(): Promise<void> {
    if (this.#config !== null) return;
    const value = await this.#options.store.cursor(LAST_GOOD);
    if (value === null) return;
    const config = JSON.parse(value) as SyncConfig;
    const compiled = await this.compile(config);
    if (compiled.ok) this.#swap(config, compiled.active, compiled.warnings);
  }

  #swap(config: SyncConfig, active: ActiveConfig, warnings: readonly ConfigProblem[]): void {
    this.#config = config;
    this.#active = active;
    this.#warnings = warnings;
    this.#options.onChange();
  }
}

const markOf = ({ config, problems }: SourceAnswer) =>
  config === null
    ? JSON.stringify(problems)
    : configMark(config) + (problems.length > 0 ? JSON.stringify(problems) : '');
