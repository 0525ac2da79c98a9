import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { formatConfigFile, parseConfigFile } from '@desk-connect/bridge/core/config/configFile.js';
import { DEFAULT_CONFIG, type SyncConfig } from '@desk-connect/bridge/core/config/syncConfig.js';
import { failure } from '../errors.ts';
import type { ConfigHome } from './configHome.ts';
import { problemLines } from './problemLines.ts';

/** A config file. One that is not there yet is the default. */
export function fileHome(path: string): ConfigHome {
  return {
    name: path,
    read: () => Promise.resolve({ config: readConfigFile(path), problems: [] }),
    write: (config) => {
      writeConfigFile(path, config);
      return Promise.resolve();
    },
  };
}

/** @throws ConfigFileUnreadable, ConfigInvalid with each problem */
export function readConfigFile(path: string): SyncConfig {
  if (!existsSync(path)) return DEFAULT_CONFIG;
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch (error) {
    throw failure('ConfigFileUnreadable', [path, error instanceof Error ? error.message : String(error)]);
  }
  const parsed = parseConfigFile(source);
  if (!parsed.ok) throw failure('ConfigInvalid', [problemLines(parsed.problems).join('\n')]);
  return parsed.config;
}

/** Beside the file first, so that a reader never finds half of one. @throws ConfigFileUnreadable */
export function writeConfigFile(path: string, config: SyncConfig): void {
  const part = `${path}.part`;
  try {
    writeFileSync(part, formatConfigFile(config));
    renameSync(part, path);
  } catch (error) {
    throw failure('ConfigFileUnreadable', [path, error instanceof Error ? error.message : String(error)]);
  }
}
