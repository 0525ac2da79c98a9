import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beginBridgeProcess, type BegunBridge } from '../support/bridgeProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import type { AnyWorld } from '../support/world.ts';
import type { Order, Told } from './steps.ts';

const PROGRAM = fileURLToPath(new URL('mortalBridge.ts', import.meta.url));

/** Bridges of one store that die and are followed by others. */
export type Herd = {
  /** Starts as many as are to run; where there is an order, with it. */
  start(order: Order | null): void;
  /** From now on all of them kill themselves where the order says. */
  tell(order: Order | null): void;
  /** Kills one of them, whichever: a number from 0 to 1 tells. */
  killOne(which: number): Promise<void>;
  killAll(): Promise<void>;
  /** Takes those out that have killed themselves. True when there was one. @throws when one has ended otherwise */
  bury(): Promise<boolean>;
  /** Whether nothing waits in the inbox. */
  isIdle(): Promise<boolean>;
  askFullSync(): Promise<void>;
  /** What those that run have printed. */
  output(): string;
  /** Asks all of them to stop; the exit codes. */
  stop(): Promise<(number | null)[]>;
  close(): Promise<void>;
};

/** The next bridge is always a process that has loaded already, so that the pause between two is as short as can be. */
export function startHerd(world: AnyWorld, size: number, env: NodeJS.ProcessEnv): Herd {
  const begin = () =>
    beginBridgeProcess({
      ...world.targets,
      program: PROGRAM,
      env: {
        DESKCONNECT_POLL_SECONDS: '0.2',
        DESKCONNECT_SALESFORCE_LOG: 'everything',
        NODE_COMPILE_CACHE: join(dirname(world.dataFolder), 'code'),
        ...env,
      },
    });
  let running: BegunBridge[] = [];
  let spare = begin();
  const take = async (bridge: BegunBridge) => {
    running = running.filter((other) => other !== bridge);
    await bridge.end;
  };
  const kill = async (bridge: BegunBridge) => {
    bridge.child.kill('SIGKILL');
    await take(bridge);
  };
  const output = () => running.map((bridge) => bridge.output()).join('\n');
  const ask = async (path: string, init: RequestInit = {}) => {
    const token = readFileSync(join(world.dataFolder, 'control-token'), 'utf8').trim();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const port = await waitFor('a port', () => /"port":(\d+),/.exec(running[0]?.output() ?? '')?.[1]);
    return fetch(`http://127.0.0.1:${port}${path}`, { headers, ...init });
  };
  return {
    start: (order) => {
      while (running.length < size) {
        tell(spare, { order });
        running.push(spare);
        spare = begin();
      }
    },
    tell: (order) => {
      for (const bridge of running) if (!isDead(bridge)) tell(bridge, { order });
    },
    killOne: async (which) => {
      const bridge = running[Math.floor(which * running.length)];
      if (bridge) await kill(bridge);
    },
    killAll: async () => {
      for (const bridge of running) await kill(bridge);
    },
    bury: async () => {
      const dead = running.filter(isDead);
      const ended = dead.find(({ child }) => child.signalCode !== 'SIGKILL');
      if (ended) throw new Error(`A bridge ended by itself:\n${ended.output()}`);
      for (const bridge of dead) await take(bridge);
      return dead.length > 0;
    },
    isIdle: async () => {
      const { pairs } = (await (await ask('/status')).json()) as { pairs: Record<string, number> };
      return pairs['waiting'] === 0 && pairs['failing'] === 0;
    },
    askFullSync: async () => {
      // Who answers may die of it.
      await ask('/control/full-sync', { method: 'POST', body: '{}' }).catch(() => undefined);
    },
    output,
    stop: async () => {
      const codes: (number | null)[] = [];
      for (const { child, end } of running.splice(0)) {
        child.kill('SIGTERM');
        await end;
        codes.push(child.exitCode);
      }
      return codes;
    },
    close: async () => {
      for (const bridge of [...running, spare]) await kill(bridge);
    },
  };
}

/** One that dies at that moment need not hear it. */
const tell = ({ child }: BegunBridge, told: Told) => child.send(told, () => undefined);
const isDead = ({ child }: BegunBridge) => child.exitCode !== null || child.signalCode !== null;
