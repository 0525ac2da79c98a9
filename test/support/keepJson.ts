import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Loads what an earlier run saved in a file, and gives what saves it again: the old file stays until the new one is whole. */
export function keepJson<T>(file: string, load: (saved: T) => void, saved: () => T): () => void {
  mkdirSync(dirname(file), { recursive: true });
  try {
    load(JSON.parse(readFileSync(file, 'utf8')) as T);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return () => {
    writeFileSync(`${file}.new`, JSON.stringify(saved()));
    renameSync(`${file}.new`, file);
  };
}
