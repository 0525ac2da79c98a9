import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { aDescribe, typedField } from '../core/config/describes.fixture.ts';
import { DEFAULT_CONFIG, DEFAULT_RULE, type SyncConfig } from '../core/config/syncConfig.ts';
import { DESK_VOCABULARY } from '../core/vocabulary/desk.ts';
import { openStore } from '../store/openStore.ts';
import type { SourceAnswer } from './configSource.ts';
import { ConfigRefused, Settings } from './settings.ts';

const HOUR = 3_600_000;
const CASE = [typedField('Kind__c', 'picklist', { values: ['Hard'] })];
const withKind = aDescribe({ Account: [], Contact: [], Case: CASE });
const withoutKind = aDescribe({ Account: [], Contact: [], Case: [] });
const caseRule = (salesforceCondition: string): SyncConfig => ({
  ...DEFAULT_CONFIG,
  rules: { ...DEFAULT_CONFIG.rules, case: { ...DEFAULT_RULE, salesforceCondition } },
});
const GOOD = caseRule("Kind__c = 'Hard'");
const BAD = caseRule("Knid__c = 'Hard'");

/** Settings over a source and a describe that the test changes, and a store that outlives them. */
async function settingsOf(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  let clock = Date.UTC(2026, 0);
  const store = await openStore({ kind: 'sqlite', folder }, () => clock);
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const world = {
    answer: { config: DEFAULT_CONFIG, problems: [] } as SourceAnswer,
    describes: withKind,
    described: 0,
    changes: 0,
    advance: (ms: number) => {
      clock += ms;
    },
    start: () =>
      new Settings({
        source: { name: 'the test', home: 'file', pauseMs: 1_000, read: () => Promise.resolve(world.answer) },
        describe: () => {
          world.described += 1;
          return Promise.resolve(world.describes);
        },
        vocabulary: DESK_VOCABULARY,
        store,
        now: () => clock,
        onChange: () => {
          world.changes += 1;
        },
      }),
  };
  return world;
}
const conditionOf = (settings: Settings) => settings.active().pairs.case.salesforceCondition;
const set = (config: SyncConfig): SourceAnswer => ({ config, problems: [] });

test('nothing is written before a config was found good, and the default asks neither side', async (t) => {
  const world = await settingsOf(t);
  const settings = world.start();
  assert.equal(settings.active().enabled, false);
  await settings.refresh();
  assert.equal(settings.active().enabled, true);
  assert.equal(world.described, 0);
});

test('another config takes the place of the last one, and the same one is not checked again', async (t) => {
  const world = await settingsOf(t);
  const settings = world.start();
  await settings.refresh();
  world.answer = set(GOOD);
  await settings.refresh();
  assert.equal(conditionOf(settings), "Kind__c = 'Hard'");
  await settings.refresh();
  assert.deepEqual([world.described, world.changes], [1, 2]);
});

test('a config that is not good is refused by its field, and the last good one stays, also over a restart', async (t) => {
  const world = await settingsOf(t);
  const settings = world.start();
  world.answer = set(GOOD);
  await settings.refresh();
  world.answer = set(BAD);
  const refused = (error: unknown) =>
    error instanceof ConfigRefused && /rule case, salesforceCondition: .*Kind__c/.test(error.message);
  await assert.rejects(settings.refresh(), refused);
  assert.equal(conditionOf(settings), "Kind__c = 'Hard'");
  await assert.rejects(settings.refresh(), refused, 'it stays red');
  assert.equal(world.described, 2, 'and is not checked at every look');
  const next = world.start();
  await assert.rejects(next.refresh(), refused);
  assert.deepEqual([next.active().enabled, conditionOf(next)], [true, "Kind__c = 'Hard'"]);
  world.answer = set(GOOD);
  await settings.refresh();
  assert.equal(settings.state.problems.length, 0);
});

test('a config in use whose field was deleted holds everything still until it fits again', async (t) => {
  const world = await settingsOf(t);
  const settings = world.start();
  world.answer = set(GOOD);
  await settings.refresh();
  world.describes = withoutKind;
  await settings.refresh();
  assert.equal(settings.active().enabled, true, 'nobody has noticed yet');
  settings.doubt();
  await assert.rejects(settings.refresh(), /fits both sides no more, and nothing is written until it does/);
  assert.deepEqual([settings.active().enabled, conditionOf(settings)], [false, null]);
  world.describes = withKind;
  settings.doubt();
  await settings.refresh();
  assert.deepEqual([settings.active().enabled, conditionOf(settings)], [true, "Kind__c = 'Hard'"]);
  world.describes = withoutKind;
  world.advance(HOUR);
  await assert.rejects(settings.refresh(), ConfigRefused, 'it is checked now and then by itself');
});

test('an org that shows no config any more does not sync everything where there were rules', async (t) => {
  const world = await settingsOf(t);
  const settings = world.start();
  world.answer = set(GOOD);
  await settings.refresh();
  world.answer = { ...set(DEFAULT_CONFIG), absent: true };
  await assert.rejects(settings.refresh(), /no custom metadata types/);
  assert.equal(conditionOf(settings), "Kind__c = 'Hard'");
  const fresh = await settingsOf(t);
  fresh.answer = world.answer;
  await fresh.start().refresh();
});
