import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';

/** Shares of the time, 0 to 1. */
export type Busy = {
  /** This process, in which the local org and the local Desk run. */
  readonly standIns: number;
  /** All cores of the machine, whoever uses them. */
  readonly machine: number;
};

/** Measures from now on how busy both are: what is busy all the time is what is measured, and not the bridges. */
export function measureBusy(): () => Busy {
  const loop = performance.eventLoopUtilization();
  const before = coreTimes();
  return () => {
    const after = coreTimes();
    return {
      standIns: performance.eventLoopUtilization(loop).utilization,
      machine: 1 - (after.idle - before.idle) / Math.max(1, after.all - before.all),
    };
  };
}

/** Milliseconds of all cores together. */
function coreTimes(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((core) => core.times);
  const sum = (of: (one: (typeof times)[number]) => number) =>
    times.reduce((total, one) => total + of(one), 0);
  return {
    idle: sum(({ idle }) => idle),
    all: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq),
  };
}
