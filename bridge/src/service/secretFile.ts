import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './configError.ts';

/** What nobody but the owner may do, and its group no more than read: a mounted secret often belongs to a group. */
const TOO_OPEN = 0o027;

/**
 * Reads a file that holds a secret; `what` names it in an error.
 * @throws ConfigError where it cannot be read, or others than its owner and readers of its group get at it
 */
export function readSecretFile(what: string, path: string): string {
  try {
    const open = statSync(path).mode & TOO_OPEN;
    // Windows keeps rights elsewhere, and gives each file the same mode.
    if (open !== 0 && process.platform !== 'win32')
      throw new ConfigError([
        `${what}: ${path} can be read or changed by others on this machine. Run "chmod 600 ${path}"; if they may have read it, make a new secret`,
      ]);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError([`${what}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
