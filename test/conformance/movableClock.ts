import { subscribe } from 'node:diagnostics_channel';

/**
 * A clock that stands still until it is moved. Whoever waits by it waits until nothing else is under way, and then
 * it goes on to the first one's time: an hour takes no time, and no request is overtaken by it.
 */
export type MovableClock = {
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
};

/** Not at the beginning of a minute, where windows of a limit begin. */
const BEGINS = Date.UTC(2026, 0, 5, 9, 0, 20);

/** Requests of this process whose answer is not there yet. */
let underWay = 0;
subscribe('undici:request:create', () => {
  underWay += 1;
});
for (const end of ['undici:request:trailers', 'undici:request:error'])
  subscribe(end, () => {
    underWay -= 1;
  });

/** So often everybody has a turn before it is certain that nobody goes on. */
const TURNS = 5;

async function quiet(): Promise<void> {
  for (let turns = 0; turns < TURNS; turns = underWay > 0 ? 0 : turns + 1)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}

export function movableClock(): MovableClock {
  let time = BEGINS;
  let waiting: { readonly until: number; readonly go: () => void }[] = [];
  let running = false;
  const run = async () => {
    running = true;
    while (waiting.length > 0) {
      await quiet();
      time = Math.max(time, Math.min(...waiting.map(({ until }) => until)));
      const due = waiting.filter(({ until }) => until <= time);
      waiting = waiting.filter(({ until }) => until > time);
      for (const { go } of due) go();
    }
    running = false;
  };
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
    wait: async (ms, signal) => {
      signal?.throwIfAborted();
      await new Promise<void>((go) => {
        waiting.push({ until: time + ms, go });
        if (!running) void run();
      });
    },
  };
}
