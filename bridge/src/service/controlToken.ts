import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSecretFile } from './secretFile.ts';

/**
 * The token that whoever commands the bridge must show: only who may read its data folder has it, so that neither
 * another user of the machine nor a page in a browser can. Kept from one start to the next, unless
 * others could read it meanwhile.
 */
export function controlToken(dataFolder: string): string {
  const path = controlTokenPath(dataFolder);
  try {
    const kept = readSecretFile('control token', path).trim();
    if (kept.length >= 32) return kept;
  } catch {
    // There is none yet, or none that is a secret.
  }
  const token = randomBytes(32).toString('hex');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  // A file that was there keeps its mode otherwise.
  chmodSync(path, 0o600);
  return token;
}

export function controlTokenPath(dataFolder: string): string {
  return join(dataFolder, 'control-token');
}

/** Whether an Authorization header carries the token; takes as long for a wrong one as for the right one. */
export function isAuthorized(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header?.replace(/^Bearer /, '') ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
