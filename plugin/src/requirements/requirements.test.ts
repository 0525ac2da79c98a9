import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { OrgView } from '../org/orgView.ts';
import { describeChange } from '../plan/describeChange.ts';
import { planOf } from '../plan/plan.ts';
import { EMPTY_VIEW } from './emptyView.ts';
import { ORIGINAL_STEPS } from './originalSteps.ts';
import { REQUIREMENTS } from './requirements.ts';

const member = (entity: string) =>
  `<PlatformEventChannelMember><eventChannel>DeskConnect__chn</eventChannel><selectedEntity>${entity}</selectedEntity></PlatformEventChannelMember>`;
const CHANNEL = new Map([
  [
    'platformEventChannels/DeskConnect__chn.platformEventChannel',
    '<PlatformEventChannel><channelType>data</channelType></PlatformEventChannel>',
  ],
  ['platformEventChannelMembers/A.platformEventChannelMember', member('AccountChangeEvent')],
  ['platformEventChannelMembers/B.platformEventChannelMember', member('CaseChangeEvent')],
  ['platformEventChannelMembers/C.platformEventChannelMember', member('ContactChangeEvent')],
]);
const channel = REQUIREMENTS.filter(({ id }) => id === 'change-events');
const others = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    channel: 'ChangeEvents',
    entity: `Other${index}__ChangeEvent`,
  }));
const planned = (view: Partial<OrgView>) =>
  planOf({ ...EMPTY_VIEW, wanted: CHANNEL, ...view }, channel).changes.map((one) => describeChange(one).what);

test('where one slot for change events is left, the case takes it', () => {
  assert.deepEqual(planned({ channelMembers: others(4) }), ['channel DeskConnect__chn', 'channel member B']);
});

test('an entity that is selected on another channel takes no further slot', () => {
  const channelMembers = [...others(4), { channel: 'ChangeEvents', entity: 'CaseChangeEvent' }];
  assert.deepEqual(planned({ channelMembers }), ['channel DeskConnect__chn', 'channel member B']);
});

test('a user who lacks what the assigned permission set grants is named with what is lacking', () => {
  const path = 'permissionsets/Desk_Connect_Integration.permissionset';
  const file =
    '<PermissionSet><fieldPermissions><editable>true</editable><field>Case.Subject</field><readable>true</readable></fieldPermissions><userPermissions><enabled>true</enabled><name>EditCaseComments</name></userPermissions></PermissionSet>';
  const view = { ...EMPTY_VIEW, wanted: new Map([[path, file]]), present: new Map([[path, file]]) };
  const { blocked } = planOf(view, REQUIREMENTS);
  assert.deepEqual(
    blocked.flatMap(({ requirement, finding }) =>
      ['case-fields', 'case-comments'].includes(requirement.id) ? finding.evidence : [],
    ),
    ['bridge@acme.test lacks: Case.Subject', 'bridge@acme.test lacks: EditCaseComments'],
  );
});

test('every step of the original set-up page has a requirement in its place', () => {
  const ids = new Set(REQUIREMENTS.map(({ id }) => id));
  assert.ok(ORIGINAL_STEPS.length > 30);
  for (const { section, step, by } of ORIGINAL_STEPS) assert.ok(ids.has(by), `${section}: ${step}`);
  const sections = new Set(ORIGINAL_STEPS.map(({ section }) => section));
  for (const { id, section } of REQUIREMENTS) assert.ok(section === null || sections.has(section), id);
});

test('no two requirements have the same id', () => {
  assert.equal(new Set(REQUIREMENTS.map(({ id }) => id)).size, REQUIREMENTS.length);
});

test('every error has a text and says what to do, and no text is without its error', () => {
  const messages = readFileSync(fileURLToPath(new URL('../../messages/errors.md', import.meta.url)), 'utf8');
  const code = readFileSync(fileURLToPath(new URL('../errors.ts', import.meta.url)), 'utf8');
  const registry = [.../'(\w+)'/g[Symbol.matchAll](/ERROR_CODES = \[([\s\S]*?)\]/.exec(code)?.[1] ?? '')].map(
    ([, name]) => name,
  );
  const texts = [...messages.matchAll(/^# error\.(\w+)$/gm)].map(([, name]) => name);
  assert.ok(registry.length > 5);
  assert.deepEqual(new Set(texts), new Set(registry));
  for (const name of registry) assert.match(messages, new RegExp(`^# error\\.${name}\\.actions\n\n- `, 'm'));
});

test('a Node that the packages do not name is warned of', () => {
  const stateOn = (node: string) =>
    planOf(
      { ...EMPTY_VIEW, tools: { node, plugin: '0.1.0' } },
      REQUIREMENTS.filter(({ id }) => id === 'node'),
    ).checked[0]?.finding.state;
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    engines: { node: string };
  };
  assert.equal(engines.node, '^22.16 || >=24');
  assert.deepEqual(['22.15.1', '22.16.0', '23.11.0', '24.0.0', '26.1.0'].map(stateOn), [
    'warning',
    'ok',
    'warning',
    'ok',
    'ok',
  ]);
});
