import { readFile, stat } from 'node:fs/promises';
import { parseConfigFile } from '../core/config/configFile.ts';
import type { ConfigProblem } from '../core/config/configProblem.ts';
import { DEFAULT_CONFIG, type SyncConfig } from '../core/config/syncConfig.ts';
import { RequestFailed } from '../core/failure.ts';
import type { Org } from '../ports/org.ts';

/** What a source holds: a config, as far as it can be read, and what is wrong with the rest. */
export type SourceAnswer = {
  readonly config: SyncConfig | null;
  readonly problems: readonly ConfigProblem[];
  /** There is no place where a config could be, or none that can be seen: the default. */
  readonly absent?: true;
};

/** Where the config of an admin is kept. */
export type ConfigSource = {
  /** What people call it. */
  readonly name: string;
  readonly home: 'org' | 'file';
  /** How often it is looked at, in milliseconds. */
  readonly pauseMs: number;
  /** @throws when it cannot be reached now */
  read(): Promise<SourceAnswer>;
};

const FILE_MS = 5_000;

/** Custom metadata records in the org; none, or no such types, is the default. One call a look. */
export function orgSource(org: Org, pauseMs: number): ConfigSource {
  return {
    name: 'custom metadata in Salesforce',
    home: 'org',
    pauseMs,
    read: async () => {
      const found = await org.readConfig();
      return found.kind === 'none' ? { config: DEFAULT_CONFIG, problems: [], absent: true } : found;
    },
  };
}

/** A file of the same schema. It is read again when its time or its size is another one. */
export function fileSource(path: string): ConfigSource {
  let last: { mark: string; answer: SourceAnswer } | null = null;
  return {
    name: path,
    home: 'file',
    pauseMs: FILE_MS,
    read: async () => {
      try {
        const { mtimeMs, size } = await stat(path);
        const mark = `${mtimeMs} ${size}`;
        if (last?.mark === mark) return last.answer;
        const parsed = parseConfigFile(await readFile(path, 'utf8'));
        const answer: SourceAnswer = parsed.ok
          ? { config: parsed.config, problems: [] }
          : { config: null, problems: parsed.problems };
        last = { mark, answer };
        return answer;
      } catch (error) {
        const message = `The config file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
        throw new RequestFailed(
          { class: 'validation', code: 'CONFIG_UNREADABLE', message },
          { cause: error },
        );
      }
    },
  };
}
