import { flushCompileCache } from 'node:module';
import { RequestFailed } from '../core/failure.ts';
import { StoreIsNewer } from '../store/database.ts';
import { StoreUnreachable } from '../store/postgres.ts';
import { StoreInUse, StoreUnreadable } from '../store/sqlite.ts';
import { readConfig } from './config.ts';
import { ConfigError } from './configError.ts';
import { createLog } from './log.ts';
import { secretsOf } from './secretsOf.ts';
import { serve } from './serve.ts';
import { stopSignal } from './stopSignal.ts';

try {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, secretsOf(config));
  // A bridge that is killed writes none at its end, and is the one that has to be back soon.
  await serve(config, { log, signal: stopSignal(log), onListening: () => flushCompileCache() });
} catch (error) {
  const expected =
    error instanceof ConfigError ||
    error instanceof StoreInUse ||
    error instanceof StoreUnreadable ||
    error instanceof StoreUnreachable ||
    error instanceof StoreIsNewer ||
    error instanceof RequestFailed;
  console.error(expected ? error.message : error);
  process.exitCode = error instanceof ConfigError || error instanceof StoreInUse ? 2 : 1;
}
