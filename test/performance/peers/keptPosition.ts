import { DatabaseSync } from 'node:sqlite';

/** How far a relay is, on disk before `keep` returns: as durable as the bridge's own inbox, on the same SQLite. */
export function keptPosition(file: string): { get(): string | null; keep(position: string): void } {
  const database = new DatabaseSync(file);
  database.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS position (id INTEGER PRIMARY KEY, value TEXT)',
  );
  const read = database.prepare('SELECT value FROM position WHERE id = 1');
  const write = database.prepare('INSERT OR REPLACE INTO position (id, value) VALUES (1, ?)');
  return {
    get: () => (read.get() as { value: string } | undefined)?.value ?? null,
    keep: (position) => void write.run(position),
  };
}
