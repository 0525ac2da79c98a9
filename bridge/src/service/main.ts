#!/usr/bin/env -S node --max-semi-space-size=8
import { pino } from 'pino';
import { RequestFailed, type FailureClass } from '../core/failure.ts';
import { createDesk } from '../desk/createDesk.ts';
import { connectOrg } from '../salesforce/connectOrg.ts';
import { StoreUnreachable } from '../store/postgres.ts';
import { StoreInUse, StoreUnreadable } from '../store/sqlite.ts';
import { runBridge } from './bridge.ts';
import { ConfigError, readConfig } from './config.ts';
import { controlToken } from './controlToken.ts';
import { Health } from './health.ts';
import { startHttpServer } from './httpServer.ts';
import { createMetrics } from './metrics.ts';
import { patiently } from './patiently.ts';
import { openWithClock } from './sharedClock.ts';
import { Wake } from './wake.ts';

/** Whoever stops a service kills it after ten seconds. */
const STOP_MS = 9_000;
const PASSING: ReadonlySet<FailureClass> = new Set(['network', 'busy', 'rateLimit']);

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel, redact: ['*.password', '*.accessToken', '*.privateKey'] });
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

  stop.signal.addEventListener('abort', () => {
    // What is under way is given up: it is in the store, and the next start goes on with it.
    setTimeout(() => {
      log.warn('the bridge did not come to its end in time and stops as it is');
      process.exit(1);
    }, STOP_MS).unref();
  });

  const { store, now } = await openWithClock(config.store, Date.now);
  const health = new Health(now, (part, { state, detail }) => {
    log[state === 'down' ? 'warn' : 'info'](
      { part, state, ...(detail ? { detail } : {}) },
      `${part} is ${state}`,
    );
  });
  const org = await patiently(() => connectOrg(config.salesforce), {
    // A log-in that is refused wants somebody to mend it; a Salesforce that is away comes back.
    mayPass: (error) => error instanceof RequestFailed && PASSING.has(error.failure.class),
    onFailure: (message) =>
      log.warn({ detail: message }, 'Salesforce cannot be reached; the bridge waits for it'),
    signal: stop.signal,
  });
  const desk = createDesk({ ...config.desk, signal: stop.signal, log: (message) => log.debug(message) });
  const metrics = createMetrics(health, store);
  const engine = {
    org: metrics.counted('salesforce', org.org),
    desk: metrics.counted('desk', desk),
    store,
    now,
    random: Math.random,
  };
  const work = new Wake();
  const server = await startHttpServer({
    port: config.port,
    health,
    engine,
    metrics,
    token: controlToken(config.dataFolder),
    onDue: () => work.ring(),
  });
  log.info({ port: server.port, start: config.start }, 'the bridge is running');
  try {
    await runBridge(
      { ...config, engine, events: org.events, health, work, onRound: metrics.round },
      stop.signal,
    );
  } finally {
    await server.close();
    org.close();
    await store.close();
  }
  log.info('the bridge has stopped');
}

try {
  await main();
} catch (error) {
  const expected =
    error instanceof ConfigError ||
    error instanceof StoreInUse ||
    error instanceof StoreUnreadable ||
    error instanceof StoreUnreachable ||
    error instanceof RequestFailed;
  console.error(expected ? error.message : error);
  process.exitCode = error instanceof ConfigError || error instanceof StoreInUse ? 2 : 1;
}
