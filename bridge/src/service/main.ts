#!/usr/bin/env -S node --max-semi-space-size=8
import { pino } from 'pino';
import { RequestFailed } from '../core/failure.ts';
import type { PersonAccounts } from '../ports/org.ts';
import { createDesk } from '../desk/createDesk.ts';
import { connectOrg } from '../salesforce/connectOrg.ts';
import { openStore } from '../store/openStore.ts';
import { StoreUnreachable } from '../store/postgres.ts';
import { StoreInUse } from '../store/sqlite.ts';
import { budgetsOf } from './budgets.ts';
import { runBridge } from './bridge.ts';
import { ConfigError, readConfig } from './config.ts';
import { controlToken } from './controlToken.ts';
import { Health } from './health.ts';
import { startHttpServer } from './httpServer.ts';
import { createMetrics } from './metrics.ts';
import { PreviewJob } from './previewJob.ts';
import { Wake } from './wake.ts';

/** Whoever stops a service kills it after ten seconds. */
const STOP_MS = 9_000;

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

  const now = Date.now;
  const store = await openStore(config.store, now);
  const health = new Health(now, (part, { state, detail }) => {
    log[state === 'down' ? 'warn' : 'info'](
      { part, state, ...(detail ? { detail } : {}) },
      `${part} is ${state}`,
    );
  });
  const org = await connectOrg(config.salesforce);
  try {
    checkNewCustomers(config.newCustomers, org.org.personAccounts);
  } catch (error) {
    org.close();
    await store.close();
    throw error;
  }
  const desk = createDesk({ ...config.desk, signal: stop.signal, log: (message) => log.debug(message) });
  const metrics = createMetrics(health, store, () => budgetsOf({ org: org.org, desk }));
  const engine = {
    org: metrics.counted('salesforce', org.org),
    desk: metrics.counted('desk', desk),
    store,
    newCustomers: config.newCustomers,
    now,
    random: Math.random,
  };
  const work = new Wake();
  const fullSync = new Wake();
  const server = await startHttpServer({
    port: config.port,
    health,
    engine,
    metrics,
    token: controlToken(config.dataFolder),
    onDue: () => work.ring(),
    preview: new PreviewJob(engine, stop.signal),
    onFullSync: () => fullSync.ring(),
  });
  log.info({ port: server.port, start: config.start }, 'the bridge is running');
  try {
    await runBridge(
      { ...config, engine, events: org.events, health, work, fullSync, onRound: metrics.round },
      stop.signal,
    );
  } finally {
    await server.close();
    org.close();
    await store.close();
  }
  log.info('the bridge has stopped');
}

/** @throws ConfigError when new customers are to be persons in an org that takes none */
function checkNewCustomers(wanted: 'contact' | 'person', personAccounts: PersonAccounts | null): void {
  if (wanted === 'contact' || (personAccounts?.recordTypeId ?? null) !== null) return;
  const lacks = personAccounts ? 'no active record type of persons' : 'no person accounts';
  throw new ConfigError([`DESKCONNECT_NEW_CUSTOMERS: it is "person", and this org has ${lacks}`]);
}

try {
  await main();
} catch (error) {
  const expected =
    error instanceof ConfigError ||
    error instanceof StoreInUse ||
    error instanceof StoreUnreachable ||
    error instanceof RequestFailed;
  console.error(expected ? error.message : error);
  process.exitCode = error instanceof ConfigError || error instanceof StoreInUse ? 2 : 1;
}
