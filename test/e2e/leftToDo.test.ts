import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { openStore } from '@desk-connect/bridge/store/openStore.js';
import { startBridgeInProcess } from '../support/bridgeInProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld } from '../support/world.ts';

test('what was left to do goes before the sweep that a start begins with', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  const { org } = world.org;
  const folder = mkdtempSync(join(tmpdir(), 'left-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const start = async () => {
    const bridge = await startBridgeInProcess(world, { dataFolder: folder });
    await bridge.ready();
    return bridge;
  };
  await (await start()).stop();
  const { id = '' } = await world.salesforce.sobject('Account').create({ Name: 'Left' });
  const store = await openStore({ kind: 'sqlite', folder }, Date.now);
  await store.sight([{ pair: 'company', side: 'salesforce', id }], PRIORITY.live);
  await store.close();
  const before = org.calls.length;
  const sweeps = () =>
    org.calls
      .slice(before)
      .filter(({ query }) => /SystemModstamp >/.test(new URLSearchParams(query).get('q') ?? ''));
  let sweptFirst: number | null = null;
  world.desk.state.onWrite = () => {
    sweptFirst ??= sweeps().length;
  };
  const bridge = await start();
  t.after(() => bridge.stop());
  await waitFor('the company in Desk', () => world.side.held.companies().some(({ name }) => name === 'Left'));
  assert.equal(sweptFirst, 0);
  await waitFor('the sweep', () => sweeps().length > 0);
});
