import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvFile } from 'node:process';
import { readConfig, type Config } from '@desk-connect/bridge/service/config.js';

/** What "sf deskconnect connect" writes. */
const FILES = ['bridge.env', 'secrets.env'] as const;

/** Whether a folder, or the environment, says how a bridge reaches both sides. */
export function isConfigured(folder: string): boolean {
  return FILES.some((name) => existsSync(join(folder, name))) || 'DESKCONNECT_DESK_URL' in process.env;
}

/**
 * Reads the configuration of a bridge from the files of a folder; what the environment says goes before them.
 * @throws ConfigError that names every problem at once
 */
export function bridgeConfig(folder: string): Config {
  for (const name of FILES) {
    const path = join(folder, name);
    if (existsSync(path)) loadEnvFile(path);
  }
  return readConfig(process.env);
}
