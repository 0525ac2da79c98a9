import assert from 'node:assert/strict';
import { test } from 'node:test';
import { membersOf } from '../org/manifest.ts';
import type { Files, OrgView } from '../org/orgView.ts';
import { planOf } from '../plan/plan.ts';
import { METADATA_REQUIREMENTS } from './metadataRequirements.ts';
import { EMPTY_VIEW } from './emptyView.ts';
import { missing } from './requirement.ts';
import { toDeploy } from './toDeploy.ts';

const WANTED: Files = new Map([
  ['lwc/status/status.js', 'let a;\n'],
  ['lwc/status/status.js-meta.xml', '<B><apiVersion>65.0</apiVersion></B>'],
  ['labels/CustomLabels.labels', '<C><labels><fullName>A</fullName></labels></C>'],
]);
const viewOf = (present: Files): OrgView => ({ ...EMPTY_VIEW, wanted: WANTED, present });
const asItIs = viewOf(
  new Map([
    ['lwc/status/status.js', 'let a;\r\n'],
    ['lwc/status/status.js-meta.xml', '<B><isExposed>false</isExposed><apiVersion>65.0</apiVersion></B>'],
    [
      'labels/CustomLabels.labels',
      '<C><labels><fullName>Z</fullName></labels><labels><fullName>A</fullName></labels></C>',
    ],
  ]),
);

test('a component that the org has in its own formatting, among labels of others, is left alone', () => {
  assert.deepEqual(toDeploy(asItIs, 'lwc/'), []);
  assert.deepEqual(toDeploy(asItIs, 'labels/'), []);
});

test('where one file of a component differs, the whole component is one change and all its files are deployed', () => {
  const view = viewOf(new Map([...asItIs.present, ['lwc/status/status.js', 'let b;']]));
  assert.deepEqual(toDeploy(view, 'lwc/'), [
    { kind: 'deploy', path: 'lwc/status', isNew: false, differs: ['status.js is another version'] },
  ]);
  const { files } = planOf(
    view,
    METADATA_REQUIREMENTS.filter(({ id }) => id === 'components'),
  );
  assert.deepEqual([...files.keys()], ['lwc/status/status.js', 'lwc/status/status.js-meta.xml']);
});

test('a component is named once in the package, however many files it has', () => {
  assert.deepEqual(membersOf(WANTED), [
    { name: 'LightningComponentBundle', members: ['status'] },
    { name: 'CustomLabels', members: ['CustomLabels'] },
  ]);
});

const object = (...parts: string[]) => `<CustomObject>${parts.join('')}</CustomObject>`;
const view = (name: string, label: string) =>
  `<listViews><fullName>${name}</fullName><label>${label}</label></listViews>`;

test('list views, layouts and reports that are there stay as people made them; those that are not are brought', () => {
  const path = 'objects/Thing__c.object';
  const state = (present: Files): OrgView => ({
    ...EMPTY_VIEW,
    wanted: new Map([
      [path, object('<label>Thing</label>', view('All', 'All'), view('Open', 'Open'))],
      ['layouts/Thing__c-Thing Layout.layout', '<Layout><a>1</a></Layout>'],
      ['reports/Things/A.report', '<Report><a>1</a></Report>'],
    ]),
    present,
  });
  const theirs = new Map([
    [path, object('<label>Thing</label>', view('All', 'Mine'), view('Open', 'Also mine'))],
    ['layouts/Thing__c-Thing Layout.layout', '<Layout/>'],
    ['reports/Things/A.report', '<Report/>'],
  ]);
  assert.deepEqual(toDeploy(state(theirs), 'objects/', 'layouts/', 'reports/'), []);
  const older = state(new Map([[path, object('<label>Old</label>', view('All', 'Mine'))]]));
  const requirement = {
    id: 'x',
    group: 'Objects and events',
    title: '',
    why: '',
    section: null,
    check: (one: OrgView) => missing('', toDeploy(one, 'objects/', 'layouts/', 'reports/')),
  } as const;
  const { files } = planOf(older, [requirement]);
  assert.equal(files.get(path), object('<label>Thing</label>', view('Open', 'Open')));
  assert.equal(files.size, 3);
});
