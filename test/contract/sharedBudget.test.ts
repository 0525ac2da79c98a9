import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeskHttp } from '@desk-connect/bridge/desk/http.js';
import { startDesk } from '../desk/startDesk.ts';

const BRIDGES = 3;
/** Requests that each has under way at a time: more than what is left over of the limit for others. */
const LANES = 4;
const A_MINUTE = 60;
const MINUTES = 4;
const MINUTE_MS = 60_000;

/** A clock that stands still until so many wait, and goes on to the first that has waited long enough. */
function sharedClock(waiters: number) {
  let time = Date.UTC(2026, 0);
  let waiting: { readonly until: number; readonly go: () => void }[] = [];
  let left = waiters;
  const goOn = () => {
    if (waiting.length < left || waiting.length === 0) return;
    time = Math.min(...waiting.map(({ until }) => until));
    const ready = waiting.filter(({ until }) => until <= time);
    waiting = waiting.filter(({ until }) => until > time);
    for (const { go } of ready) go();
  };
  return {
    now: () => time,
    wait: (ms: number) =>
      new Promise<void>((go) => {
        waiting.push({ until: time + ms, go });
        goOn();
      }),
    /** One that waits no more. */
    leave: () => {
      left -= 1;
      goOn();
    },
  };
}

test('bridges that share a site use its requests together, and none is refused', async () => {
  const clock = sharedClock(BRIDGES * LANES);
  const started = clock.now();
  const desk = await startDesk({ rateLimitPerMinute: A_MINUTE, now: clock.now });
  try {
    const requests = (A_MINUTE * MINUTES) / BRIDGES / LANES;
    const work = Array.from({ length: BRIDGES }, async () => {
      const http = new DeskHttp({ url: desk.url, auth: { kind: 'basic', ...desk }, clock });
      http.budget.shareAmong(BRIDGES);
      const lanes = Array.from({ length: LANES }, async () => {
        for (let sent = 0; sent < requests; sent += 1)
          assert.equal((await http.get('companies')).status, 200);
        clock.leave();
      });
      await Promise.all(lanes);
    });
    await Promise.all(work);
    assert.equal(desk.rateLimit.refused, 0);
    const minutes = (clock.now() - started) / MINUTE_MS;
    assert.ok(minutes <= MINUTES + 1, `${A_MINUTE * MINUTES} requests took ${minutes} minutes`);
  } finally {
    await desk.close();
  }
});
