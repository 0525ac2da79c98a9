import { backUpStore, BackupFailed } from '../store/backup.ts';
import { readStoreLocation } from './config.ts';

/**
 * Copies the embedded store that the environment names into a file, while its bridge works. Returns its folder.
 * @throws ConfigError, or BackupFailed, also where the store is on PostgreSQL
 */
export function backUp(environment: NodeJS.ProcessEnv, target: string): string {
  const location = readStoreLocation(environment);
  if (location.kind === 'postgres')
    throw new BackupFailed('PostgreSQL', target, new Error('it has a backup of its own, pg_dump'));
  backUpStore(location.folder, target);
  return location.folder;
}
