import { backUpStore } from '../store/backup.ts';
import { readStoreLocation } from './config.ts';
import { ConfigError } from './configError.ts';

/**
 * Copies the embedded store that the environment names into a file, while its bridge works.
 * @throws ConfigError where there is no file to write to, or the store is on PostgreSQL; BackupFailed
 */
export function backUp(environment: NodeJS.ProcessEnv, target: string): string {
  const location = readStoreLocation(environment);
  if (location.kind === 'postgres')
    throw new ConfigError(['the store is on PostgreSQL, which has its own backup: use pg_dump']);
  backUpStore(location.folder, target);
  return location.folder;
}
