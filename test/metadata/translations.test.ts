import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { elementsNamed, parseXml, textOf, type Element } from '@desk-connect/plugin/merge/xml.js';

const ROOT = fileURLToPath(new URL('../../force-app/main/default', import.meta.url));
const read = (path: string) => parseXml(readFileSync(join(ROOT, path), 'utf8'));
/** Objects whose fields people see. The types of the config are for administrators, whose Setup is in English. */
const OBJECTS = ['Desk_Link__c', 'Desk_Log__c', 'Desk_Bridge__c'];
/** Labels that German takes as they are: a translation that says the same says nothing. */
const SAME = new Set([
  'DeskSync_Hours',
  'DeskSync_Info',
  'DeskSync_Minutes',
  'DeskSync_PartEngine',
  'DeskSync_Seconds',
  'DeskSync_Status',
  'DeskSync_Title',
]);
const SAME_FIELDS = new Set([
  'Desk_Link__c.Account__c',
  'Desk_Link__c.Status__c',
  'Desk_Log__c.Account__c',
  'Desk_Log__c.Text__c',
]);

const textsOf = (file: string, element: string, name: string, text: string) =>
  new Map(
    elementsNamed(read(file), element).map((one) => [textOf(one, name) ?? '', textOf(one, text) ?? '']),
  );
const english = textsOf('labels/CustomLabels.labels-meta.xml', 'labels', 'fullName', 'value');
const german = textsOf('translations/de.translation-meta.xml', 'customLabels', 'name', 'label');
const placeholders = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort();

test('every label has a German translation with the same places for values, and every translation a label', () => {
  assert.deepEqual(
    [...english.keys()].filter((name) => !german.has(name) && !SAME.has(name)),
    [],
    'labels without a translation',
  );
  assert.deepEqual(
    [...german.keys(), ...SAME].filter((name) => !english.has(name)),
    [],
    'translations without a label',
  );
  for (const [name, text] of german) {
    assert.deepEqual(placeholders(text), placeholders(english.get(name) ?? ''), name);
    assert.notEqual(text, english.get(name), `${name}: add it to SAME instead`);
  }
});

const fieldsOf = (object: string) =>
  globSync(`objects/${object}/fields/*.xml`, { cwd: ROOT }).map((path) => read(path));
const valuesOf = (field: Element) =>
  elementsNamed(field, 'valueSet')
    .flatMap((set) => elementsNamed(set, 'valueSetDefinition'))
    .flatMap((set) => elementsNamed(set, 'value'))
    .map((value) => textOf(value, 'label') ?? '');

test('every field that people see, and every value of a picklist, has a German name, and nothing else has one', () => {
  for (const object of OBJECTS) {
    const fields = new Map(fieldsOf(object).map((field) => [textOf(field, 'fullName') ?? '', field]));
    const translated = new Map(
      globSync(`objectTranslations/${object}-de/*.fieldTranslation-meta.xml`, { cwd: ROOT }).map((path) => {
        const one = read(path);
        return [textOf(one, 'name') ?? '', one] as const;
      }),
    );
    for (const name of translated.keys()) assert.ok(fields.has(name), `${object}.${name} is no field`);
    for (const [name, field] of fields) {
      const one = translated.get(name);
      const label = one && textOf(one, 'label');
      assert.ok(label ?? SAME_FIELDS.has(`${object}.${name}`), `${object}.${name} has no German label`);
      const values = elementsNamed(one ?? field, 'picklistValues');
      assert.deepEqual(
        values.map((value) => textOf(value, 'masterLabel')),
        valuesOf(field),
        `${object}.${name}`,
      );
      for (const value of values) assert.ok(textOf(value, 'translation'), `${object}.${name}`);
    }
  }
});

test('every object that people see has its German name in all four cases, one and many', () => {
  for (const object of OBJECTS) {
    const root = read(`objectTranslations/${object}-de/${object}-de.objectTranslation-meta.xml`);
    const cases = elementsNamed(root, 'caseValues').map(
      (one) => `${textOf(one, 'caseType')} ${textOf(one, 'plural')}`,
    );
    assert.equal(new Set(cases).size, 8, object);
    assert.ok(textOf(root, 'gender') && textOf(root, 'nameFieldLabel'), object);
  }
});

test('every section of a layout, every report type and every tab with a name of its own has a German one', () => {
  for (const path of globSync('layouts/*.xml', { cwd: ROOT })) {
    const [, object = '', layout = ''] = /layouts\/(\w+)-(.*)\.layout-meta\.xml$/.exec(path) ?? [];
    const sections = elementsNamed(read(path), 'layoutSections').map((one) => textOf(one, 'label'));
    const [translated] = elementsNamed(
      read(`objectTranslations/${object}-de/${object}-de.objectTranslation-meta.xml`),
      'layouts',
    );
    assert.equal(translated && textOf(translated, 'layout'), layout);
    const known = elementsNamed(translated ?? parseXml('<x/>'), 'sections').map((one) =>
      textOf(one, 'section'),
    );
    assert.deepEqual(known, sections, path);
  }
  const all = read('translations/de.translation-meta.xml');
  const named = (element: string) => new Set(elementsNamed(all, element).map((one) => textOf(one, 'name')));
  const ours = (folder: string, suffix: string) =>
    new Set(
      globSync(`${folder}/*.xml`, { cwd: ROOT })
        .filter((path) => textOf(read(path), 'label') !== null)
        .map((path) => path.slice(folder.length + 1).replace(`.${suffix}-meta.xml`, '')),
    );
  assert.deepEqual(named('reportTypes'), ours('reportTypes', 'reportType'));
  assert.deepEqual(named('customTabs'), ours('tabs', 'tab'));
});
