import type { migrations as migrationsNow } from '@desk-connect/bridge/store/migrations.js';
import { adding, changing } from './laterMigrations.ts';

const KNOWN = { adding, changing };

// Under the name of the part in whose place it is put.
export const migrations: typeof migrationsNow = (engine) =>
  KNOWN[process.env['LATER_MIGRATIONS'] === 'changing' ? 'changing' : 'adding'](engine);
