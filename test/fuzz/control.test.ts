import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { controlTokenPath } from '@desk-connect/bridge/service/controlToken.js';
import fc from 'fast-check';
import type { BridgeProcess } from '../support/bridgeProcess.ts';
import { damaged, tries } from '../support/fuzz.ts';
import { createWorld, type World } from '../support/world.ts';

const BODIES = [
  { record: '5009X0000000001QAA', action: 'Unlink' },
  { salesforce: '0039X0000000001QAA', desk: 'customer:17' },
  { class: 'network' },
  { dryRun: true, config: 'version: 1' },
];
const POSTS = ['ask', 'link', 'retry', 'config'];
const GETS = [
  'pair',
  'history',
  'explain',
  'verify',
  'config',
  'full-sync',
  '',
  '../health',
  '%00',
  '..%2f..',
];
let world: World;
let bridge: BridgeProcess;
let token: string;

before(async () => {
  world = await createWorld();
  bridge = await world.startBridge();
  token = readFileSync(controlTokenPath(world.dataFolder), 'utf8').trim();
});
after(() => world.close());

/** Sends it with the token; the answer must be JSON, and name a code where it refuses. */
async function send(path: string, init: RequestInit = {}): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${bridge.port}/control/${path}`, { headers, ...init });
  const answer = JSON.parse(await response.text()) as { code?: unknown; message?: unknown; error?: unknown };
  assert.ok(response.status < 500, `${path}: ${response.status}`);
  if (response.status >= 400) assert.equal(typeof (answer.code ?? answer.error), 'string', path);
}

test('whatever is asked of the bridge, it answers, goes on and changes nothing', async () => {
  const { org } = world.org;
  const sizes = () =>
    ['Account', 'Contact', 'Case', 'Desk_Link__c'].map((object) => org.records.rows(object).size);
  const before = [sizes(), (await bridge.status()).pairs];
  const body = fc.oneof(
    ...BODIES.map((one) => damaged(one).map((value) => JSON.stringify(value))),
    fc.string(),
    fc.constantFrom(
      '['.repeat(10_000),
      '{"__proto__":{"record":"case:1"}}',
      '{"record":"x","record":"case:1"}',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...POSTS), body, (path, text) =>
      // One that is good would be done.
      /"record":"5009X0000000001QAA"|"desk":"customer:17"/.test(text)
        ? Promise.resolve()
        : send(path, { method: 'POST', body: text }),
    ),
    tries(40),
  );
  const query = fc.oneof(
    fc.string(),
    fc.constantFrom('case:1', "500' OR 1=1", '-1', '1e999', 'x'.repeat(10_000)),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...GETS), query, (path, text) =>
      send(
        `${path}?record=${encodeURIComponent(text.toWellFormed())}&after=${encodeURIComponent(text.toWellFormed())}`,
      ),
    ),
    tries(40),
  );
  assert.deepEqual([sizes(), (await bridge.status()).pairs], before);
  await bridge.ready();
  assert.equal(await bridge.stop(), 0);
});
