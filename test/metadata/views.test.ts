import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { elementsNamed, parseXml, textOf, type Element } from '@desk-connect/plugin/merge/xml.js';

const ROOT = fileURLToPath(new URL('../../force-app/main/default', import.meta.url));
const find = (pattern: string) => globSync(pattern, { cwd: ROOT }).sort();
const read = (path: string) => parseXml(readFileSync(join(ROOT, path), 'utf8'));

/** The values of a picklist of ours; null for another field. */
function picklistOf(object: string, field: string): string[] | null {
  const [path] = find(`objects/${object}/fields/${field}.field-meta.xml`);
  const file = path === undefined ? '' : readFileSync(join(ROOT, path), 'utf8');
  const values = [...file.matchAll(/<value>\s*<fullName>([^<]+)</g)].map(([, value = '']) => value);
  return values.length > 0 ? values : null;
}

/** What a filter compares with, where it is of a picklist. */
function checkFilter(path: string, object: string, field: string, filter: Element): void {
  const values = picklistOf(object, field);
  for (const value of (textOf(filter, 'value') ?? '').split(','))
    assert.ok(values === null || values.includes(value), `${path}: ${field} is never ${value}`);
}

test('list views and reports are filtered by values that their fields have', () => {
  const views = find('objects/*/listViews/*.xml');
  assert.ok(views.length >= 9);
  for (const path of views) {
    const [, object = ''] = /objects\/(\w+)\//.exec(path) ?? [];
    for (const filter of elementsNamed(read(path), 'filters'))
      checkFilter(path, object, textOf(filter, 'field') ?? '', filter);
  }
  for (const path of find('reports/*/*.report-meta.xml')) {
    for (const filter of elementsNamed(read(path), 'filter').flatMap((one) =>
      elementsNamed(one, 'criteriaItems'),
    )) {
      const [object = '', field = ''] = (textOf(filter, 'column') ?? '').split('$');
      checkFilter(path, object, field, filter);
    }
  }
});

test('the three reports count what is in step by object, failures by cause, and conflicts', () => {
  const groups = find('reports/*/*.report-meta.xml').map((path) => [
    path.replace(/^.*\/|\.report-meta\.xml$/g, ''),
    ...elementsNamed(read(path), 'groupingsDown').map((one) => textOf(one, 'field')),
  ]);
  assert.deepEqual(groups, [
    ['Conflicts', 'Desk_Log__c$Pair__c', 'Desk_Log__c$Rule__c'],
    ['Failures_by_Cause', 'Desk_Link__c$Failure_Cause__c', 'Desk_Link__c$Pair__c'],
    ['In_Step_by_Object', 'Desk_Link__c$Pair__c', 'Desk_Link__c$Status__c'],
  ]);
});

test('the report of conflicts looks for the rules by which the bridge logs them', () => {
  const bridge = readFileSync(new URL('../../bridge/src/engine/updatePairs.ts', import.meta.url), 'utf8');
  const rules = [...(/CONFLICT_LOG = \{([^}]*)\}/.exec(bridge)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
    ([, rule]) => rule,
  );
  const report = readFileSync(join(ROOT, 'reports/Desk_Connect/Conflicts.report-meta.xml'), 'utf8');
  assert.equal(/<value>([\w,]+)<\/value>/.exec(report)?.[1], rules.join(','));
});

test('on our layouts nothing but the requested action can be edited, and what the platform wants to be required', () => {
  const paths = find('layouts/*.xml');
  assert.ok(paths.length >= 2);
  for (const path of paths) {
    const items = elementsNamed(read(path), 'layoutSections')
      .flatMap((section) => elementsNamed(section, 'layoutColumns'))
      .flatMap((column) => elementsNamed(column, 'layoutItems'));
    for (const item of items) {
      const field = textOf(item, 'field') ?? '';
      const expected =
        field === 'Requested_Action__c' ? 'Edit' : field.endsWith('_Key__c') ? 'Required' : 'Readonly';
      assert.equal(textOf(item, 'behavior'), expected, `${path}: ${field}`);
    }
  }
});

test('administrators see the app and all its tabs, agents the links', () => {
  const app = elementsNamed(read('applications/Desk_Connect.app-meta.xml'), 'tabs').map((one) =>
    one.text.trim(),
  );
  const tabsOf = (name: string) =>
    elementsNamed(read(`permissionsets/Desk_Connect_${name}.permissionset-meta.xml`), 'tabSettings').map(
      (one) => textOf(one, 'tab'),
    );
  assert.deepEqual(tabsOf('Admin'), app.filter((tab) => !tab.startsWith('standard-')).sort());
  assert.deepEqual(tabsOf('Agent'), ['Desk_Link__c']);
});
