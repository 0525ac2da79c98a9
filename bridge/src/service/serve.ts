import type { Logger } from 'pino';
import { RequestFailed, type FailureClass } from '../core/failure.ts';
import { DESKS } from '../desks/desks.ts';
import type { ApiUsage, PersonAccounts } from '../ports/org.ts';
import { connectOrg } from '../salesforce/connectOrg.ts';
import { checkDesk } from '../store/deskMark.ts';
import { runBridge } from './bridge.ts';
import type { Config } from './config.ts';
import { ConfigError } from './configError.ts';
import { controlToken } from './controlToken.ts';
import { Health } from './health.ts';
import { startHookServer } from './hookServer.ts';
import { fileSource, orgSource } from './configSource.ts';
import { describeSides } from './describeSides.ts';
import { startHttpServer } from './httpServer.ts';
import { createMetrics } from './metrics.ts';
import { startMonitorServer } from './monitorPages.ts';
import { patiently } from './patiently.ts';
import { PreviewJob } from './previewJob.ts';
import { Settings } from './settings.ts';
import { openWithClock } from './sharedClock.ts';
import { Wake } from './wake.ts';
import { startWidgetServer } from './widgetServer.ts';

export type ServeOptions = {
  readonly log: Logger;
  /** Ends the service in good order. */
  readonly signal: AbortSignal;
  /** Told the port once the pages are served. */
  readonly onListening?: (port: number) => void;
  /** False: nothing new is looked for; what is due, or is asked for, is brought in step. */
  readonly captures?: boolean;
};

type OpenServer = { readonly port: number; close(): Promise<void> };

/** The part that is told until Salesforce has let the bridge in. */
const LOG_IN = 'salesforce log-in';
const PASSING: ReadonlySet<FailureClass> = new Set(['network', 'busy', 'rateLimit']);

/**
 * Runs a bridge until its signal aborts: store, both sides, pages, capture and engine.
 * @throws ConfigError, StoreInUse, StoreOfOtherDesk, StoreUnreachable, or RequestFailed when Salesforce does not let it in
 */
export async function serve(config: Config, options: ServeOptions): Promise<void> {
  const { log, signal, onListening, captures = true } = options;
  const { store, now } = await openWithClock(config.store, Date.now);
  let monitor: OpenServer | null = null;
  try {
    const { rules, ...site } = config.desk;
    await checkDesk(store, site.kind);
    const health = new Health(now, (part, { state, detail }) => {
      log[state === 'down' ? 'warn' : 'info'](
        { part, state, ...(detail ? { detail } : {}) },
        `${part} is ${state}`,
      );
    });
    const type = DESKS[site.kind];
    const desk = type.open(site, { rules, signal, log: (message) => log.debug(message) });
    let usage: () => ApiUsage | null = () => null;
    const metrics = createMetrics(health, store, () => ({ salesforce: usage(), desk: desk.rate() }));
    // Before Salesforce is asked: whoever watches over the process must see that it lives while it waits.
    monitor =
      config.monitor && captures ? await startMonitorServer(config.monitor, { health, metrics }) : null;
    if (monitor) log.info({ monitorPort: monitor.port }, 'health and metrics are served');
    health.set(LOG_IN, 'starting');
    const org = await patiently(() => connectOrg(config.salesforce), {
      // A log-in that is refused wants somebody to mend it; a Salesforce that is away comes back.
      mayPass: (error) => captures && error instanceof RequestFailed && PASSING.has(error.failure.class),
      onFailure: (message) =>
        health.set(LOG_IN, 'down', `Salesforce cannot be reached; the bridge waits for it: ${message}`),
      signal,
    });
    health.forget([LOG_IN]);
    usage = () => org.org.usage();
    try {
      checkNewCustomers(config.newCustomers, org.org.personAccounts);
      const work = new Wake();
      const fullSync = new Wake();
      const configured = new Wake();
      const sides = { org: metrics.counted('salesforce', org.org), desk: metrics.counted('desk', desk) };
      const settings = new Settings({
        source:
          config.configHome === 'org' ? orgSource(sides.org, config.configMs) : fileSource(config.configHome),
        describe: (wanted) => describeSides(sides.org, sides.desk, wanted),
        vocabulary: desk.vocabulary,
        store,
        now,
        onChange: () => work.ring(),
      });
      const engine = {
        ...sides,
        store,
        active: settings.active,
        doubtConfig: () => {
          settings.doubt();
          configured.ring();
        },
        newCustomers: config.newCustomers,
        now,
        random: Math.random,
      };
      const server = await startHttpServer({
        port: config.port,
        health,
        engine,
        metrics,
        token: controlToken(config.dataFolder),
        onDue: () => work.ring(),
        preview: new PreviewJob(engine, settings, signal),
        settings,
        onConfig: () => configured.ring(),
        onFullSync: () => fullSync.ring(),
      });
      let hook: OpenServer | null = null;
      let widget: OpenServer | null = null;
      try {
        if (config.hook && captures) {
          const { hookCall: onCall } = metrics;
          const onDue = () => work.ring();
          hook = await startHookServer({
            ...config.hook,
            hook: type.hook,
            store,
            health,
            now,
            onDue,
            onCall,
          });
        }
        const routes = config.widget && type.widget.routes(config.widget);
        if (config.widget && routes && captures) {
          widget = await startWidgetServer({
            ...config.widget,
            routes,
            words: type.widget.words,
            engine,
            mappings: () => settings.state.config?.mappings ?? [],
            instanceUrl: config.salesforce.instanceUrl,
            log,
            health,
            onView: metrics.widgetView,
          });
        }
        const ports = { port: server.port, hookPort: hook?.port, widgetPort: widget?.port };
        log.info({ ...ports, start: config.start }, 'the bridge is running');
        onListening?.(server.port);
        const onRound = metrics.round;
        await runBridge(
          {
            ...config,
            captures,
            engine,
            events: org.events,
            health,
            work,
            fullSync,
            settings,
            configured,
            onRound,
          },
          signal,
        );
      } finally {
        await widget?.close();
        await hook?.close();
        await server.close();
      }
    } finally {
      org.close();
    }
  } finally {
    await monitor?.close();
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
