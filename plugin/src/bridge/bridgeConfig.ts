import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readSecretFile } from '@desk-connect/bridge/service/secretFile.js';
import type { DeskSite } from '@desk-connect/bridge/desks/deskType.js';
import { readConfig, readDeskSite, type Config } from '@desk-connect/bridge/service/config.js';
import { SECRETS, SETTINGS } from './bridgeFiles.ts';

/**
 * Reads the configuration of a bridge from the files of a folder; what the environment says goes before them.
 * @throws ConfigError that names every problem at once, or secrets that others can read
 */
export function bridgeConfig(folder: string): Config {
  return readConfig(withFiles(folder));
}

/** The help desk of the bridge and how it logs in there, by the same files. @throws ConfigError, likewise */
export function bridgeDesk(folder: string): DeskSite {
  return readDeskSite(withFiles(folder));
}

/** The environment of this process, filled up by the files. */
function withFiles(folder: string): NodeJS.ProcessEnv {
  const settings = join(folder, SETTINGS);
  const secrets = join(folder, SECRETS);
  for (const text of [
    existsSync(settings) ? readFileSync(settings, 'utf8') : '',
    existsSync(secrets) ? readSecretFile(SECRETS, secrets) : '',
  ])
    for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
  return process.env;
}
