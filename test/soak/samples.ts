import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import type { Bound } from './flatness.ts';

/** What a bridge takes of its machine, and what it has to do. */
export type Sample = {
  /** Bytes of the process, and of its heap that are used. */
  readonly memory: number;
  readonly heap: number;
  /** Open files and sockets, as the system counts them. */
  readonly files: number;
  /** Sockets, streams and timers that Node keeps. */
  readonly handles: number;
  /** Bytes of the store's files. */
  readonly store: number;
  readonly waiting: number;
  readonly failing: number;
};

/** What must not grow, and how much of it is no growth. */
export const BOUNDS = {
  memory: { share: 0.1, more: 10e6 },
  heap: { share: 0.1, more: 10e6 },
  files: { share: 0, more: 5 },
  handles: { share: 0, more: 5 },
} as const satisfies Partial<Record<keyof Sample, Bound>>;

/** Reads it from the bridge's metrics, its data folder and, where there is one, the system's list of its files. */
export async function sampleOf(bridge: BridgeProcess, dataFolder: string): Promise<Sample> {
  const lines = await metricsOf(bridge);
  const metric = (name: string) => {
    const line = lines.find((one) => one.startsWith(`${name} `));
    if (line === undefined) throw new Error(`The bridge's metrics lack ${name}.`);
    return Number(line.slice(name.length + 1));
  };
  const files = `/proc/${bridge.child.pid}/fd`;
  return {
    memory: metric('process_resident_memory_bytes'),
    heap: metric('nodejs_heap_size_used_bytes'),
    files: existsSync(files) ? readdirSync(files).length : metric('process_open_fds'),
    handles: metric('nodejs_active_handles_total'),
    store: readdirSync(dataFolder).reduce((sum, name) => sum + sizeOf(join(dataFolder, name)), 0),
    waiting: metric('deskconnect_pairs{state="waiting"}'),
    failing: metric('deskconnect_pairs{state="failing"}'),
  };
}

/** Why pairs of a bridge fail, with how many of each, as its metrics say it. */
export async function causesOf(bridge: BridgeProcess): Promise<string[]> {
  const name = 'deskconnect_failing_pairs';
  return (await metricsOf(bridge))
    .filter((line) => line.startsWith(`${name}{`))
    .map((line) => `pairs that fail: ${line.slice(name.length)}`);
}

async function metricsOf({ port }: BridgeProcess): Promise<string[]> {
  return (await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).split('\n');
}

/** The write-ahead log may be gone by the time that it is looked at. */
const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
