import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { elementsNamed, parseXml, textOf } from '../merge/xml.ts';
import { membersOf, packageXml } from './manifest.ts';
import { ourMetadata } from './ourMetadata.ts';

const ROOT = fileURLToPath(new URL('../../../force-app/main/default', import.meta.url));
const files = globSync('**/*.xml', { cwd: ROOT }).map((path) => ({
  path,
  root: parseXml(readFileSync(join(ROOT, path), 'utf8')),
}));
const named = (pattern: RegExp) => files.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []);
const ourFields = new Set(
  files.flatMap(({ path }) => {
    const [, object, field] = /objects\/(\w+)\/fields\/(\w+)\.field/.exec(path) ?? [];
    return object && field ? [`${object}.${field}`] : [];
  }),
);
const required = new Set(
  files
    .filter(({ root }) => root.name === 'CustomField' && textOf(root, 'required') === 'true')
    .map(({ path, root }) => `${/objects\/(\w+)\//.exec(path)?.[1]}.${textOf(root, 'fullName')}`),
);
/** Required or system fields of standard objects: a permission set that lists one is refused. */
const NO_FLS = new Set([
  'Account.Name',
  'Contact.LastName',
  'Contact.FirstName',
  'Contact.Name',
  'Case.Status',
  'Case.CaseNumber',
  'Case.OwnerId',
  'Account.OwnerId',
  'Contact.OwnerId',
]);

test('every field has a label and a description', () => {
  for (const { path, root } of files) {
    if (root.name === 'CustomField') assert.ok(textOf(root, 'label') && textOf(root, 'description'), path);
  }
});

test('permission sets grant only fields that exist and can take field-level security', () => {
  for (const { path, root } of files) {
    if (root.name !== 'PermissionSet') continue;
    for (const grant of elementsNamed(root, 'fieldPermissions')) {
      const field = textOf(grant, 'field') ?? '';
      if (/__c\./.test(field)) assert.ok(ourFields.has(field), `${path}: ${field}`);
      assert.ok(
        !required.has(field) && !NO_FLS.has(field),
        `${path}: ${field} takes no field-level security`,
      );
    }
  }
});

test('the integration user may read and write every field of ours that takes field-level security', () => {
  const set = files.find(({ path }) => path.includes('Desk_Connect_Integration'));
  const granted = new Set(
    elementsNamed(set?.root ?? parseXml('<x/>'), 'fieldPermissions')
      .filter((element) => textOf(element, 'editable') === 'true')
      .map((element) => textOf(element, 'field')),
  );
  for (const field of ourFields)
    if (/^Desk_(?:Bridge|Link|Log)__c\./.test(field) && !required.has(field))
      assert.ok(granted.has(field), field);
});

test('channel members are on a channel of ours, and flows start from and create what exists', () => {
  const channels = new Set(named(/platformEventChannels\/(\w+)\./));
  const theirs = ['CaseComment', 'EmailMessage', 'Task'];
  const objects = new Set([...named(/objects\/(\w+)\/\w+\.object/), ...theirs]);
  for (const { path, root } of files) {
    if (root.name === 'PlatformEventChannelMember')
      assert.ok(channels.has(textOf(root, 'eventChannel') ?? ''), path);
    if (root.name !== 'Flow') continue;
    for (const element of root.children.filter(({ name }) => name === 'recordCreates' || name === 'start')) {
      assert.ok(objects.has(textOf(element, 'object') ?? ''), path);
      if (element.name === 'recordCreates')
        assert.ok(
          elementsNamed(element, 'faultConnector').length > 0,
          `${path}: a fault would roll the user's save back`,
        );
    }
  }
});

test('all of it is one package that source-deploy-retrieve converts, with every component in its manifest', async () => {
  const ours = await ourMetadata('65.0');
  const members = membersOf(ours);
  assert.deepEqual(members.find(({ name }) => name === 'CustomObject')?.members, [
    'Desk_Bridge__c',
    'Desk_Link__c',
    'Desk_Log__c',
    'Desk_Mapping__mdt',
    'Desk_Rule__mdt',
    'Desk_Signal__e',
    'Desk_Sync__mdt',
    'Desk_Value__mdt',
  ]);
  assert.match(ours.get('objects/Desk_Link__c.object') ?? '', /<fullName>Desk_Key__c<\/fullName>/);
  assert.match(packageXml(members, '65.0'), /<version>65\.0<\/version>/);
});

test('the package holds what the org needs: no sources, no tests, no settings of tools', async () => {
  const ours = [...(await ourMetadata('65.0')).keys()].filter((path) => path.startsWith('lwc/'));
  assert.ok(ours.includes('lwc/deskSyncStatus/deskSyncStatus.html'));
  for (const path of ours) assert.match(path, /^lwc\/\w+\/\w+\.(?:js|html|css|js-meta\.xml)$/);
});

test('a folder of reports, the reports in it and a translation have their names in the manifest', () => {
  const paths = ['reports/A-meta.xml', 'reports/A/B.report', 'objectTranslations/X__c-de.objectTranslation'];
  assert.deepEqual(membersOf(new Map(paths.map((path) => [path, '']))), [
    { name: 'Report', members: ['A', 'A/B'] },
    { name: 'CustomObjectTranslation', members: ['X__c-de'] },
  ]);
});
