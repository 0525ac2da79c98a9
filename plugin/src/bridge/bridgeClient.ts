import { readFileSync } from 'node:fs';
import { controlTokenPath } from '@desk-connect/bridge/service/controlToken.js';
import { failure } from '../errors.ts';

export type BridgeClient = {
  get<T>(path: string, query?: Readonly<Record<string, string>>): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
};

const TIMEOUT_MS = 60_000;

/**
 * Talks to a bridge that runs on this machine, with the token of its data folder.
 * @throws BridgeNotRunning, BridgeTokenMissing, BridgeRefused in the bridge's own words
 */
export function bridgeClient(url: string, dataFolder: string): BridgeClient {
  if (!URL.canParse(url)) throw failure('BridgeNotRunning', [url]);
  const request = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${tokenOf(dataFolder)}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw failure('BridgeNotRunning', [url]);
    });
    const answer = (await response.json().catch(() => ({}))) as { message?: string; code?: string };
    if (response.status === 401) throw failure('BridgeTokenMissing', [controlTokenPath(dataFolder)]);
    if (!response.ok) throw failure('BridgeRefused', [answer.message ?? `HTTP ${response.status}`]);
    return answer as T;
  };
  return {
    get: (path, query = {}) => request('GET', `${path}?${new URLSearchParams(query).toString()}`),
    post: (path, body) => request('POST', path, body),
  };
}

/** Whether a bridge answers at that address. */
export async function isRunning(url: string): Promise<boolean> {
  if (!URL.canParse(url)) return false;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(new URL('/health/live', url), { redirect: 'error', signal }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Pages that need no token are read without one; the others then say what is missing. */
function tokenOf(dataFolder: string): string {
  try {
    return readFileSync(controlTokenPath(dataFolder), 'utf8').trim();
  } catch {
    return '';
  }
}
