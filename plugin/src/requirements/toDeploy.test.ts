import assert from 'node:assert/strict';
import { test } from 'node:test';
import { membersOf } from '../org/manifest.ts';
import type { Files, OrgView } from '../org/orgView.ts';
import { planOf } from '../plan/plan.ts';
import { METADATA_REQUIREMENTS } from './metadataRequirements.ts';
import { EMPTY_VIEW } from './emptyView.ts';
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
