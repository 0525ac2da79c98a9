import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { DESK_KINDS, type DeskKind } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import { SETTINGS } from './bridgeFiles.ts';

/** Which help desk a folder connects with, or the environment; Desk where nothing says it. Reads no secrets. */
export function deskKind(folder: string): DeskKind {
  const path = join(folder, SETTINGS);
  const settings = existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
  const said = process.env['DESKCONNECT_DESK'] ?? settings['DESKCONNECT_DESK'];
  return DESK_KINDS.find((kind) => kind === said) ?? 'desk';
}
