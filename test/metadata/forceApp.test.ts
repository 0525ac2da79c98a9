import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import flowScanner from 'lightning-flow-scanner-core';
import { checkMetadata } from './checkMetadata.ts';
import { metadataTypes } from './metadataTypes.ts';

const ROOT = fileURLToPath(new URL('../../force-app/main/default', import.meta.url));
const files = globSync('**/*-meta.xml', { cwd: ROOT });
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const types = metadataTypes();

test('every metadata file keeps to the types of the Metadata API', () => {
  assert.ok(types.size > 2_000, 'the types were read');
  assert.ok(files.length > 20);
  for (const path of files) assert.deepEqual(checkMetadata(read(path), types), [], path);
});

test('the check sees an unknown element, a wrong value, a missing part and parts that are apart', () => {
  const set = read('permissionsets/Desk_Connect_Agent.permissionset-meta.xml');
  const flow = read('flows/Desk_Case_Commented.flow-meta.xml');
  const problems = (file: string) => checkMetadata(file, types).join('; ');
  assert.match(
    problems(set.replace('<label>', '<labels>').replace('</label>', '</labels>')),
    /unknown element labels.*label is missing/,
  );
  assert.match(problems(flow.replace('RecordAfterSave', 'RecordAfterSaved')), /RecordAfterSaved is no value/);
  assert.match(problems(set.replace('<readable>true', '<readable>yes')), /yes is no boolean/);
  assert.match(
    problems(
      set.replace(
        '</PermissionSet>',
        '<fieldPermissions><editable>false</editable><field>A</field></fieldPermissions></PermissionSet>',
      ),
    ),
    /fieldPermissions do not stand together/,
  );
});

test('whatever a file of ours refers to is in the package', () => {
  const names = new Set(
    files.flatMap(
      (path) => /([^/]+)\.(?:object|field|platformEventChannel)-meta\.xml$/.exec(path)?.[1] ?? [],
    ),
  );
  // Reports name a report type of ours as if it were an object.
  for (const path of files)
    if (path.startsWith('reportTypes/')) names.add(`${/(\w+)\.reportType/.exec(path)?.[1]}__c`);
  const labels = new Set(
    [...read('labels/CustomLabels.labels-meta.xml').matchAll(/<fullName>(\w+)</g)].map(([, name]) => name),
  );
  for (const path of files) {
    // Help texts name fields that an admin may have.
    const text = read(path).replaceAll(/<inlineHelpText>.*?<\/inlineHelpText>/gs, '');
    for (const [name] of text.matchAll(/\b[A-Z]\w+__(?:c|e|mdt|chn)\b/g))
      assert.ok(names.has(name), `${path}: ${name}`);
  }
  for (const path of globSync('lwc/**/*.ts', { cwd: ROOT })) {
    for (const [, name] of read(path).matchAll(/@salesforce\/label\/c\.(\w+)/g))
      assert.ok(labels.has(name), `${path}: ${name}`);
  }
});

test('every place in a flow that names an element names one that is there', () => {
  for (const path of files.filter((one) => one.startsWith('flows/'))) {
    const flow = read(path);
    const elements = new Set([...flow.matchAll(/<name>(\w+)<\/name>/g)].map(([, name]) => name));
    for (const [, target] of flow.matchAll(/<targetReference>(\w+)</g))
      assert.ok(elements.has(target), `${path}: ${target}`);
  }
});

test('the flow scanner finds nothing that matters in our flows', async () => {
  const flows = await flowScanner.parse(
    files.filter((one) => one.startsWith('flows/')).map((path) => join(ROOT, path)),
  );
  assert.ok(flows.length >= 2);
  const found = flowScanner
    .scan(flows)
    .flatMap(({ flow, ruleResults }) =>
      ruleResults
        .filter((rule) => rule.occurs && rule.severity !== 'note')
        .map((rule) => `${flow.name}: ${rule.ruleName}`),
    );
  assert.deepEqual(found, []);
});
