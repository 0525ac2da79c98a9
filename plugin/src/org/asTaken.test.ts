import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTaken, type Capabilities } from './asTaken.ts';
import type { Files } from './orgView.ts';

const OURS: Files = new Map([
  ['lwc/board/board.js', ''],
  ['flexipages/Page.flexipage', '<FlexiPage/>'],
  ['quickActions/Case.Show.quickAction', '<QuickAction/>'],
  ['tabs/Page.tab', '<CustomTab><flexiPage>Page</flexiPage></CustomTab>'],
  ['tabs/Thing__c.tab', '<CustomTab><customObject>true</customObject></CustomTab>'],
  [
    'applications/App.app',
    '<CustomApplication><tabs>Page</tabs><tabs>Thing__c</tabs><tabs>standard-report</tabs></CustomApplication>',
  ],
  ['reportTypes/Things.reportType', '<ReportType/>'],
  ['reports/Things-meta.xml', '<ReportFolder/>'],
  [
    'translations/de.translation',
    '<Translations><customTabs><name>Page</name></customTabs><reportTypes><name>Things</name></reportTypes></Translations>',
  ],
  ['objectTranslations/Thing__c-de.objectTranslation', '<CustomObjectTranslation/>'],
  [
    'permissionsets/Set.permissionset',
    '<PermissionSet><applicationVisibilities><application>App</application></applicationVisibilities><tabSettings><tab>Page</tab></tabSettings><tabSettings><tab>Thing__c</tab></tabSettings></PermissionSet>',
  ],
]);
const EVERYTHING: Capabilities = {
  changeEvents: true,
  platformEvents: true,
  components: true,
  customMetadata: true,
  emailMessages: true,
  reports: true,
  manyFlows: true,
  types: new Set([
    'CustomApplication',
    'CustomTab',
    'FlexiPage',
    'QuickAction',
    'ReportType',
    'Report',
    'Translations',
    'CustomObjectTranslation',
  ]),
  languages: new Set(['de']),
};
const taken = (lacking: Partial<Capabilities>) =>
  asTaken(
    OURS,
    { ...EVERYTHING, ...lacking },
    {
      personAccounts: false,
      platformEvents: true,
      customMetadata: true,
      recordTypes: [],
      userPermissions: new Set(),
    },
  );
const without = (type: string) => new Set([...EVERYTHING.types].filter((one) => one !== type));

test('an org that has everything gets everything as it is', () => {
  assert.deepEqual(taken({}), OURS);
});

test('without components the app comes with what is left of its tabs, and nobody is given the others', () => {
  const files = taken({ components: false });
  assert.deepEqual(
    [...OURS.keys()].filter((path) => !files.has(path)),
    [
      'lwc/board/board.js',
      'flexipages/Page.flexipage',
      'quickActions/Case.Show.quickAction',
      'tabs/Page.tab',
    ],
  );
  assert.equal(
    files.get('applications/App.app'),
    '<CustomApplication><tabs>Thing__c</tabs><tabs>standard-report</tabs></CustomApplication>',
  );
  assert.doesNotMatch(files.get('permissionsets/Set.permissionset') ?? '', /Page/);
  assert.match(files.get('permissionsets/Set.permissionset') ?? '', /Thing__c/);
  assert.doesNotMatch(files.get('translations/de.translation') ?? '', /customTabs/);
});

test('an org without reports, apps or a language gets the rest', () => {
  const gone = (lacking: Partial<Capabilities>) =>
    [...OURS.keys()].filter((path) => !taken(lacking).has(path));
  assert.deepEqual(gone({ reports: false }), ['reportTypes/Things.reportType', 'reports/Things-meta.xml']);
  assert.doesNotMatch(taken({ reports: false }).get('translations/de.translation') ?? '', /reportTypes/);
  assert.deepEqual(gone({ types: without('CustomApplication') }), ['applications/App.app']);
  assert.doesNotMatch(
    taken({ types: without('CustomApplication') }).get('permissionsets/Set.permissionset') ?? '',
    /applicationVisibilities/,
  );
  assert.deepEqual(gone({ languages: new Set(['fr']) }), [
    'translations/de.translation',
    'objectTranslations/Thing__c-de.objectTranslation',
  ]);
});
