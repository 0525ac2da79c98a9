import { flushCompileCache } from 'node:module';
import { RequestFailed } from '../core/failure.ts';
import { BackupFailed } from '../store/backup.ts';
import { StoreOfOtherDesk } from '../store/deskMark.ts';
import { StoreIsNewer } from '../store/floor.ts';
import { StoreUnreachable } from '../store/storeUnreachable.ts';
import { StoreInUse, StoreUnreadable } from '../store/sqlite.ts';
import { backUp } from './backupCommand.ts';
import { readConfig } from './config.ts';
import { ConfigError } from './configError.ts';
import { createLog } from './log.ts';
import { secretsOf } from './secretsOf.ts';
import { serve } from './serve.ts';
import { startProblem } from './startProblem.ts';
import { stopSignal } from './stopSignal.ts';

const USAGE =
  'Usage: desk-connect-bridge              runs the bridge\n' +
  '       desk-connect-bridge backup FILE  copies the store of DESKCONNECT_DATA into a new file';

try {
  const [command, target, ...more] = process.argv.slice(2);
  if (command === undefined) {
    const config = readConfig(process.env);
    const log = createLog(config.logLevel, secretsOf(config));
    // A bridge that is killed writes none at its end, and is the one that has to be back soon.
    await serve(config, { log, signal: stopSignal(log), onListening: () => flushCompileCache() });
  } else if (command === 'backup' && target !== undefined && more.length === 0) {
    console.log(`${backUp(process.env, target)} was copied to ${target}`);
  } else {
    console.error(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  const expected =
    error instanceof ConfigError ||
    error instanceof BackupFailed ||
    error instanceof StoreInUse ||
    error instanceof StoreOfOtherDesk ||
    error instanceof StoreUnreadable ||
    error instanceof StoreUnreachable ||
    error instanceof StoreIsNewer ||
    error instanceof RequestFailed;
  console.error(expected ? error.message : (startProblem(error) ?? error));
  process.exitCode = error instanceof ConfigError || error instanceof StoreInUse ? 2 : 1;
}
