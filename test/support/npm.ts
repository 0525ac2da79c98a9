import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs the npm that is configured here, with what its environment and its files say. @throws what npm says */
export async function npm(args: readonly string[], cwd?: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', [...args], { cwd, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** What another home needs so that npm there reaches the same registry, and fetches nothing twice. */
export async function npmEnvironment(): Promise<NodeJS.ProcessEnv> {
  const kept = Object.entries(process.env).filter(([name]) =>
    /_proxy$|^NPM_CONFIG_|^NODE_EXTRA_CA_CERTS$/i.test(name),
  );
  const [cache, userconfig] = await Promise.all(
    ['cache', 'userconfig'].map((key) => npm(['config', 'get', key])),
  );
  return { ...Object.fromEntries(kept), npm_config_cache: cache, npm_config_userconfig: userconfig };
}
