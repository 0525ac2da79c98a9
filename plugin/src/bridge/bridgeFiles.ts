import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What "sf deskconnect connect" writes. */
export const SETTINGS = 'bridge.env';
export const SECRETS = 'secrets.env';

/** Whether a folder, or the environment, says how a bridge reaches both sides. */
export function isConfigured(folder: string): boolean {
  return (
    [SETTINGS, SECRETS].some((name) => existsSync(join(folder, name))) ||
    'DESKCONNECT_DESK_URL' in process.env
  );
}
