import { readFileSync } from 'node:fs';

/** Bytes of a process: what is in memory of it, and what of that is its own and in no file. Linux tells. */
export type Memory = { readonly resident: number; readonly anonymous: number };

export function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) * 1_024;
  return { resident: bytes('Rss'), anonymous: bytes('Anonymous') };
}

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds of a processor that a process has used. */
export function processorOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
