import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { STORE_FILE } from './storeFile.ts';

/** The store could not be copied; nothing was left at the target. */
export class BackupFailed extends Error {
  constructor(folder: string, target: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The store in ${folder} was not backed up to ${target}: ${reason}.`, { cause });
    this.name = 'BackupFailed';
  }
}

/**
 * Copies the embedded store of a folder into a file that only its owner can read, while a bridge may be at work on it:
 * the copy is the store as it was at one moment, whole, checked, and on the disk when this returns.
 * @throws BackupFailed where there is no store, the target exists, or the copy is not whole
 */
export function backUpStore(folder: string, target: string): void {
  const part = `${target}.part`;
  try {
    const source = join(folder, STORE_FILE);
    // SQLite would make an empty one.
    if (!existsSync(source)) throw new Error('there is no store in that folder');
    if (existsSync(target)) throw new Error('that file exists already');
    rmSync(part, { force: true });
    // SQLite fills an empty file, which keeps its mode.
    closeSync(openSync(part, 'wx', 0o600));
    const store = new DatabaseSync(source, { timeout: 10_000 });
    try {
      store.prepare('VACUUM INTO ?').run(part);
    } finally {
      store.close();
    }
    check(part);
    sync(part);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw new BackupFailed(folder, target, error);
  }
}

function check(file: string): void {
  const copy = new DatabaseSync(file, { readOnly: true });
  try {
    const found = copy.prepare('PRAGMA quick_check').get()?.['quick_check'];
    if (found !== 'ok') throw new Error(`the copy is damaged (${String(found)})`);
  } finally {
    copy.close();
  }
}

/** SQLite leaves it to the system when a copy is written. */
function sync(file: string): void {
  const opened = openSync(file, 'r+');
  fsyncSync(opened);
  closeSync(opened);
}
