import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import { Health } from '@desk-connect/bridge/service/health.js';
import { createMetrics } from '@desk-connect/bridge/service/metrics.js';
import { openStore } from '@desk-connect/bridge/store/openStore.js';

/** What the bridge tells Prometheus when each thing that it counts has happened once, so that all labels are there. */
export async function servedMetrics(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
  const store = await openStore({ kind: 'sqlite', folder }, Date.now);
  try {
    await store.sight([{ pair: 'case', side: 'desk', id: '1' }], PRIORITY.live);
    const failure = { class: 'validation', code: 'REQUIRED_FIELD_MISSING', message: 'no subject' } as const;
    const claimed = await store.claim(1, 1_000);
    await store.settle(
      claimed.map((pair) => ({ kind: 'parked' as const, pair, failure })),
      [],
    );
    const health = new Health(Date.now, () => undefined);
    health.set('desk poll', 'up');
    health.hear('desk poll');
    const metrics = createMetrics(health, store, () => ({
      salesforce: { used: 1, max: 10 },
      desk: { limit: 60, left: 30, windowEndsAt: 0 },
    }));
    metrics.round(1);
    metrics.hookCall('taken');
    metrics.widgetView('shown');
    metrics.counted('desk', { read: () => null }).read();
    return await metrics.text();
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}
