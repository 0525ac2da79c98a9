import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startBridgeInProcess } from '../support/bridgeInProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld } from '../support/world.ts';

/** More than a page of Desk's list. */
const CASES = 120;
const POLL_MS = 600_000;

test('a burst that still goes on when Desk is asked crosses within seconds, and not with the next poll', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  const dataFolder = mkdtempSync(join(tmpdir(), 'burst-'));
  t.after(() => rmSync(dataFolder, { recursive: true }));
  const start = async () => {
    const bridge = await startBridgeInProcess(world, { dataFolder, pollMs: POLL_MS });
    await bridge.ready();
    return bridge;
  };
  await (await start()).stop();
  const { people } = world.side;
  const customerId = await people.customer({ lastName: 'Burst' });
  for (let n = 0; n < CASES; n += 1)
    await people.case({ subject: `Case ${n}`, customerId, channel: 'phone' });
  const bridge = await start();
  t.after(() => bridge.stop());
  const crossed = () =>
    [...world.org.org.records.rows('Case').values()].filter(({ Subject }) =>
      String(Subject).startsWith('Case '),
    );
  await waitFor('the burst in Salesforce', () => crossed().length === CASES);
  assert.equal(new Set(crossed().map(({ Subject }) => Subject)).size, CASES);
});
