import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { retrieve } from '@desk-connect/plugin/org/retrieve.js';
import type { Connection } from '@jsforce/jsforce-node';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';
import { connectionTo } from '../support/connectionTo.ts';
import { deployTo, metadataXml } from '../support/deployTo.ts';

type Files = Readonly<Record<string, string>>;
let local: LocalOrg;
let admin: Connection;

const leaf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('');
const listView = (name: string, field: string) =>
  `<listViews>${leaf({ fullName: name, columns: 'NAME', filterScope: 'Everything' })}<filters>${leaf({ field, operation: 'equals', value: 'a' })}</filters>${leaf({ label: name })}</listViews>`;
const object = (rest = '', assigned = 'SYSTEM') =>
  metadataXml(
    'CustomObject',
    `<compactLayoutAssignment>${assigned}</compactLayoutAssignment>${rest}<deploymentStatus>Deployed</deploymentStatus><fields>${leaf({ fullName: 'State__c', label: 'State', type: 'Picklist' })}<valueSet><valueSetDefinition><sorted>false</sorted><value>${leaf({ fullName: 'a', default: 'false', label: 'A' })}</value></valueSetDefinition></valueSet></fields><fields>${leaf({ fullName: 'Key__c', label: 'Key', length: '20', required: 'true', type: 'Text' })}</fields><fields>${leaf({ fullName: 'Story__c', label: 'Story', length: '4000', type: 'LongTextArea', visibleLines: '3' })}</fields><label>Thing</label><nameField><displayFormat>T-{0}</displayFormat><label>Name</label><type>AutoNumber</type></nameField><pluralLabel>Things</pluralLabel><sharingModel>ReadWrite</sharingModel>`,
  );
const compact = (...fields: string[]) =>
  `<compactLayouts><fullName>Short</fullName>${fields.map((one) => `<fields>${one}</fields>`).join('')}<label>Short</label></compactLayouts>`;
const bundle: Files = {
  'lwc/board/board.js': 'export default class {}',
  'lwc/board/board.html': '<template></template>',
  'lwc/board/board.js-meta.xml': metadataXml(
    'LightningComponentBundle',
    '<apiVersion>65.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__AppPage</target></targets>',
  ),
};
const page = (region: string, component: string, template = 'flexipage:defaultAppHomeTemplate') =>
  metadataXml(
    'FlexiPage',
    `<flexiPageRegions><itemInstances><componentInstance>${leaf({ componentName: component, identifier: 'one' })}</componentInstance></itemInstances><name>${region}</name><type>Region</type></flexiPageRegions><masterLabel>Board</masterLabel><template><name>${template}</name></template><type>AppPage</type>`,
  );
const objectTab = metadataXml('CustomTab', leaf({ customObject: 'true', motif: 'Custom18: Form' }));
const pageTab = metadataXml(
  'CustomTab',
  leaf({ flexiPage: 'Board', label: 'Board', motif: 'Custom18: Form' }),
);
const app = (...tabs: string[]) =>
  metadataXml(
    'CustomApplication',
    `<formFactors>Large</formFactors><label>Things</label>${tabs.map((one) => `<tabs>${one}</tabs>`).join('')}<uiType>Lightning</uiType>`,
  );
const reportType = (field: string) =>
  metadataXml(
    'ReportType',
    `${leaf({ baseObject: 'Thing__c', deployed: 'true', label: 'Things' })}<sections>${['Name', 'CreatedDate', field].map((one) => `<columns>${leaf({ checkedByDefault: 'true', field: one, table: 'Thing__c' })}</columns>`).join('')}<masterLabel>Things</masterLabel></sections>`,
  );
const folder = metadataXml('ReportFolder', leaf({ name: 'Things' }));
const report = (group: string, filter = '') =>
  metadataXml(
    'Report',
    `<columns><field>Thing__c$Name</field></columns>${filter}<format>Summary</format><groupingsDown>${leaf({ field: group, sortOrder: 'Asc' })}</groupingsDown><name>By state</name><reportType>Things__c</reportType><timeFrameFilter>${leaf({ dateColumn: 'Thing__c$CreatedDate', interval: 'INTERVAL_CUSTOM' })}</timeFrameFilter>`,
  );
const FILTER = `<filter><criteriaItems>${leaf({ column: 'Thing__c$State__c', operator: 'equals', value: 'a' })}</criteriaItems></filter>`;
const layout = (...fields: string[]) =>
  metadataXml(
    'Layout',
    `<layoutSections><label>Facts</label><layoutColumns>${fields.map((field) => `<layoutItems>${leaf({ behavior: 'Edit', field })}</layoutItems>`).join('')}</layoutColumns><style>OneColumn</style></layoutSections>`,
  );
const ALL: Files = {
  'objects/Thing__c.object': object(compact('Name', 'State__c') + listView('Open', 'State__c'), 'Short'),
  'layouts/Thing__c-Thing Layout.layout': layout('Name', 'Key__c'),
  ...bundle,
  'flexipages/Board.flexipage': page('main', 'c:board'),
  'tabs/Thing__c.tab': objectTab,
  'tabs/Board.tab': pageTab,
  'applications/Things.app': app('Board', 'Thing__c', 'standard-report'),
  'reportTypes/Things.reportType': reportType('State__c'),
  'reports/Things-meta.xml': folder,
  'reports/Things/By_State.report': report('Thing__c$State__c'),
};
const refusal = async (files: Files, removed: Readonly<Record<string, readonly string[]>> = {}) =>
  (await deployTo(admin, files, removed)).join('; ');

before(async () => {
  local = await startOrg({ state: 'translated' });
  admin = clientOf(local);
});
after(() => local.close());

test('an app with all that belongs to it comes in one package, and is retrieved as it was deployed', async () => {
  assert.equal(await refusal(ALL), '');
  const found = await retrieve(
    await connectionTo(local),
    [
      { name: 'CustomObject', members: ['Thing__c'] },
      { name: 'Layout', members: ['Thing__c-Thing Layout'] },
      { name: 'LightningComponentBundle', members: ['board'] },
      { name: 'FlexiPage', members: ['Board'] },
      { name: 'CustomTab', members: ['Thing__c', 'Board'] },
      { name: 'CustomApplication', members: ['Things'] },
      { name: 'ReportType', members: ['Things'] },
      { name: 'Report', members: ['Things', 'Things/By_State'] },
    ],
    10_000,
  );
  for (const [path, text] of Object.entries(ALL)) assert.equal(found.get(path), text, path);
  const assigned = [...local.org.records.rows('ProfileLayout').values()].filter(
    (row) => row['TableEnumOrId'] === 'Thing__c',
  );
  assert.ok(assigned.length > 0, 'everybody has the first layout of a new object');
});

test('whatever names something that is not there, or cannot stand there, is refused in words that name it', async () => {
  const wrong: readonly (readonly [Files, RegExp])[] = [
    [{ 'objects/Thing__c.object': object(listView('A', 'Nope__c')) }, /list view column: Nope__c/],
    [{ 'objects/Thing__c.object': object(listView('A', 'Story__c')) }, /list view column: Story__c/],
    [{ 'objects/Thing__c.object': object(compact('Story__c')) }, /Thing__c\.Story__c/],
    [{ 'objects/Thing__c.object': object('', 'None') }, /no CompactLayout named Thing__c\.None/],
    [{ 'layouts/Thing__c-Thing Layout.layout': layout('Name') }, /required layout field: Key__c/],
    [
      { 'flexipages/Board.flexipage': page('side', 'c:board') },
      /'side' region \(type Region\) doesn't exist/,
    ],
    [{ 'flexipages/Board.flexipage': page('main', 'c:nope') }, /\[c:nope\] does not exist/],
    [{ 'flexipages/Board.flexipage': page('main', 'c:board', 'x:y') }, /Template x:y doesn't exist/],
    [{ 'tabs/Nope__c.tab': objectTab }, /no CustomObject named Nope__c/],
    [{ 'tabs/Thing__c.tab': objectTab.replace('Custom18: Form', 'Form') }, /motif: Form/],
    [{ 'applications/Things.app': app('Nope') }, /no CustomTab named Nope/],
    [{ 'reportTypes/Things.reportType': reportType('Nope__c') }, /no CustomField named Thing__c\.Nope__c/],
    [{ 'reports/Nowhere/A.report': report('Thing__c$State__c') }, /Cannot find folder:Nowhere/],
    [{ 'reports/Things/A.report': report('Thing__c$Nope__c') }, /Invalid value specified: Thing__c\$Nope__c/],
    [{ 'reports/Things/A.report': report('Thing__c$Name') }, /grouped by cannot be a column/],
    [{ 'reports/Things/A.report': report('Thing__c$State__c', FILTER) }, /filterlanguage/],
    [
      {
        'quickActions/Case.Show.quickAction': metadataXml(
          'QuickAction',
          leaf({ label: 'Show', lightningWebComponent: 'board', type: 'LightningWebComponent' }),
        ),
      },
      /board does not support the target lightning__RecordAction/,
    ],
    [
      {
        'permissionsets/P.permissionset': metadataXml(
          'PermissionSet',
          `<label>P</label><tabSettings>${leaf({ tab: 'Nope', visibility: 'Visible' })}</tabSettings>`,
        ),
      },
      /no CustomTab named Nope/,
    ],
  ];
  for (const [files, words] of wrong) assert.match(await refusal(files), words);
});

const german = (content: string) => ({
  'translations/de.translation': metadataXml('Translations', content),
});
const name = (label: string) => `<customTabs>${leaf({ label, name: 'Board' })}</customTabs>`;

test('translations are taken in the languages of the org alone, and given back with what they translate', async () => {
  const objectNames = (content: string, language = 'de') => ({
    [`objectTranslations/Thing__c-${language}.objectTranslation`]: metadataXml(
      'CustomObjectTranslation',
      content,
    ),
  });
  assert.equal(await refusal(german(name('Tafel'))), '');
  assert.match(
    await refusal({ 'translations/ja.translation': metadataXml('Translations', name('x')) }),
    /Not available for deploy for this organization/,
  );
  assert.match(await refusal(objectNames('', 'ja')), /Not available for deploy/);
  assert.match(await refusal(german(name('x').replace('Board', 'Nope'))), /no CustomTab named Nope/);
  const value = (label: string) =>
    `<fields><label>Stand</label><name>State__c</name><picklistValues>${leaf({ masterLabel: label, translation: 'x' })}</picklistValues></fields>`;
  assert.match(await refusal(objectNames(value('B'))), /Picklist value: B/);
  assert.match(await refusal(objectNames('<startsWith>Vowel</startsWith>')), /startsWith/);
  assert.equal(await refusal(objectNames(value('A'))), '');
  const read = async (tabs: readonly string[]) => {
    const wanted = [
      { name: 'Translations', members: ['de'] },
      { name: 'CustomTab', members: tabs },
    ];
    return (
      (await retrieve(await connectionTo(local), wanted, 10_000)).get('translations/de.translation') ?? ''
    );
  };
  assert.match(await read(['Board']), /Tafel/);
  assert.doesNotMatch(await read([]), /Tafel/);
  const listed = [await admin.metadata.list([{ type: 'Translations' }], '65.0')].flat();
  assert.deepEqual(listed.map(({ fullName }) => fullName).sort(), ['de', 'fr']);
});

test('nothing goes while something needs it, and an object takes along what is its own', async () => {
  const kept: readonly (readonly [string, string, RegExp])[] = [
    ['LightningComponentBundle', 'board', /FlexiPage - Board/],
    ['FlexiPage', 'Board', /CustomTab - Board/],
    ['CustomTab', 'Board', /CustomApplication - Things/],
    ['ReportType', 'Things', /Report - Things\/By_State/],
    ['Report', 'Things', /not empty/],
    ['CustomObject', 'Thing__c', /CustomTab - Thing__c/],
    ['CompactLayout', 'Thing__c.Short', /referenced elsewhere/],
  ];
  for (const [type, member, words] of kept) assert.match(await refusal({}, { [type]: [member] }), words);
  assert.equal(await refusal({}, { ListView: ['Thing__c.Open'] }), '');
  assert.equal(
    await refusal(
      {},
      {
        CustomApplication: ['Things'],
        CustomTab: ['Thing__c', 'Board'],
        FlexiPage: ['Board'],
        Report: ['Things/By_State', 'Things'],
        ReportType: ['Things'],
        LightningComponentBundle: ['board'],
        CustomObject: ['Thing__c'],
      },
    ),
    '',
  );
  const left = [...local.org.metadata].flatMap(([type, files]) =>
    [...files].filter(([one, file]) => /Thing|Board|board/.test(`${one} ${file.toString()}`)).map(() => type),
  );
  // Of a field of an object that is gone, the name alone is remembered.
  assert.deepEqual([...new Set(left)], ['CustomField']);
});
