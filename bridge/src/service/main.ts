#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --optimize-for-size --v8-pool-size=1
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { DATA_FOLDER } from './dataFolder.ts';

const folder = process.env['DESKCONNECT_DATA'] || DATA_FOLDER;
// To load is most of a start, and a fifth of that is to compile. The folder is the bridge's own; a first start makes it.
if (existsSync(folder)) enableCompileCache(join(folder, 'compiled'));
await import('./run.ts');
