import { pino, type DestinationStream, type Logger } from 'pino';

/** The bridge's log: a line of JSON each, without secrets. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, redact: ['*.password', '*.accessToken', '*.privateKey'] };
  return destination ? pino(options, destination) : pino(options);
}
