import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '@desk-connect/bridge/service/config.js';
import { createLog } from '@desk-connect/bridge/service/log.js';
import { serve } from '@desk-connect/bridge/service/serve.js';
import type { StatusAnswer } from './answers.ts';
import { bridgeClient, type BridgeClient } from './bridgeClient.ts';

/** A bridge within this process that looks for nothing new: it does what it is asked, and ends. */
export type OwnBridge = {
  readonly client: BridgeClient;
  /** Waits until what was asked for is done, or `patienceMs` are over, and ends it. */
  close(patienceMs: number): Promise<void>;
};

const LOOK_MS = 100;
/** What a side that does not answer may hold up; the command then says so itself. */
const START_MS = 10_000;

/** @throws what the service throws when it cannot start: the store is in use, Salesforce does not let it in */
export async function startOwnBridge(config: Config): Promise<OwnBridge> {
  const stop = new AbortController();
  let done = Promise.resolve();
  const port = await new Promise<number>((resolve, reject) => {
    done = serve(
      { ...config, port: 0 },
      { log: createLog('silent', []), signal: stop.signal, onListening: resolve, captures: false },
    );
    done.catch(reject);
  });
  const client = bridgeClient(`http://127.0.0.1:${port}`, config.dataFolder);
  // Before its config is there, it would tell of itself that it is not ready.
  for (let left = START_MS; left > 0; left -= LOOK_MS) {
    const parts = Object.values((await client.get<StatusAnswer>('/status')).parts);
    if (parts.length > 0 && parts.every(({ state }) => state !== 'starting')) break;
    await pause(LOOK_MS);
  }
  return {
    client,
    close: async (patienceMs) => {
      for (let left = patienceMs; left > 0; left -= LOOK_MS) {
        const { pairs } = await client.get<StatusAnswer>('/status');
        if ((pairs['waiting'] ?? 0) === 0) break;
        await pause(LOOK_MS);
      }
      stop.abort();
      await done;
    },
  };
}
