import { pino, type DestinationStream, type Logger } from 'pino';
import { withoutSecrets } from '../core/redact.ts';

/** The bridge's log: a line of JSON each, without these secrets and whatever looks like one. */
export function createLog(
  level: string,
  secrets: readonly string[],
  destination?: DestinationStream,
): Logger {
  const options = { level, hooks: { streamWrite: (line: string) => withoutSecrets(line, secrets) } };
  return destination ? pino(options, destination) : pino(options);
}
