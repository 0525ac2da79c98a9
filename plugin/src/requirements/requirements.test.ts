import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { OrgView } from '../org/orgView.ts';
import { describeChange } from '../plan/describeChange.ts';
import { planOf } from '../plan/plan.ts';
import { REQUIREMENTS } from './requirements.ts';

const values = (...names: string[]) =>
  `<StandardValueSet>${names.map((name) => `<standardValue><fullName>${name}</fullName></standardValue>`).join('')}</StandardValueSet>`;
const member = (entity: string) =>
  `<PlatformEventChannelMember><eventChannel>DeskConnect__chn</eventChannel><selectedEntity>${entity}</selectedEntity></PlatformEventChannelMember>`;

const OURS = new Map([
  ['objects/Desk_Link__c.object', '<CustomObject><label>Desk Link</label></CustomObject>'],
  ['objects/Desk_Signal__e.object', '<CustomObject><label>Desk Signal</label></CustomObject>'],
  [
    'platformEventChannels/DeskConnect__chn.platformEventChannel',
    '<PlatformEventChannel><channelType>data</channelType></PlatformEventChannel>',
  ],
  ['platformEventChannelMembers/A.platformEventChannelMember', member('AccountChangeEvent')],
  ['platformEventChannelMembers/B.platformEventChannelMember', member('CaseChangeEvent')],
  ['platformEventChannelMembers/C.platformEventChannelMember', member('ContactChangeEvent')],
  ['flows/F.flow', '<Flow><status>Active</status></Flow>'],
  [
    'permissionsets/Desk_Connect_Integration.permissionset',
    '<PermissionSet><label>Desk Connect Integration</label></PermissionSet>',
  ],
]);
const STATUS = 'standardValueSets/CaseStatus.standardValueSet';
const PRIORITY = 'standardValueSets/CasePriority.standardValueSet';
const SETS = new Map([
  [STATUS, values('New', 'Open', 'Pending', 'Resolved', 'Closed')],
  [PRIORITY, values('High', 'Medium', 'Low')],
]);
const ready: OrgView = {
  edition: 'Enterprise Edition',
  isSandbox: false,
  apiCalls: { max: 100_000, remaining: 90_000 },
  wanted: OURS,
  present: new Map([...OURS, ...SETS]),
  channelMembers: ['Account', 'Contact', 'Case'].map((name) => ({
    channel: 'DeskConnect__chn',
    entity: `${name}ChangeEvent`,
  })),
  user: {
    id: '005',
    username: 'bridge@acme.test',
    active: true,
    profile: 'Minimum Access',
    permissionSets: ['Desk_Connect_Integration'],
  },
};
const fresh: OrgView = {
  ...ready,
  present: new Map([
    [STATUS, values('New', 'Working', 'Escalated', 'Closed')],
    [PRIORITY, values('High', 'Medium', 'Low')],
  ]),
  channelMembers: [],
  user: { ...ready.user, permissionSets: [] },
};
const others = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    channel: 'ChangeEvents',
    entity: `Other${index}__ChangeEvent`,
  }));

type State = 'ok' | 'missing' | 'blocked' | 'warning';
/** State of the org × requirement → what is found; what is not named is as in the row before it. */
const TABLE: readonly (readonly [name: string, view: OrgView, found: Readonly<Record<string, State>>])[] = [
  ['all in place', ready, {}],
  [
    'fresh',
    fresh,
    {
      'case-status': 'missing',
      'link-object': 'missing',
      'signal-event': 'missing',
      'change-events': 'missing',
      flows: 'missing',
      'permission-sets': 'missing',
      assignment: 'missing',
    },
  ],
  ['sandbox', { ...ready, isSandbox: true }, { sandbox: 'warning' }],
  ['an edition without cases', { ...ready, edition: 'Group Edition' }, { edition: 'blocked' }],
  [
    'nearly no API calls left',
    { ...ready, apiCalls: { max: 1_000, remaining: 50 } },
    { 'api-calls': 'warning' },
  ],
  [
    'an inactive user',
    { ...ready, user: { ...ready.user, active: false } },
    { 'integration-user': 'blocked' },
  ],
  [
    'value sets that cannot be read',
    { ...ready, present: OURS },
    { 'case-status': 'blocked', 'case-priority': 'blocked' },
  ],
  [
    'an object that was changed',
    {
      ...ready,
      present: new Map([
        ...ready.present,
        ['objects/Desk_Link__c.object', '<CustomObject><label>Other</label></CustomObject>'],
      ]),
    },
    { 'link-object': 'missing' },
  ],
  [
    'all slots taken',
    {
      ...ready,
      present: SETS_AND(['platformEventChannels/DeskConnect__chn.platformEventChannel']),
      channelMembers: others(5),
    },
    { 'change-events': 'warning' },
  ],
];

function SETS_AND(paths: readonly string[]): Map<string, string> {
  const without = [...OURS].filter(
    ([path]) => !path.startsWith('platformEventChannel') || paths.includes(path),
  );
  return new Map([...without, ...SETS]);
}

for (const [name, view, expected] of TABLE) {
  test(`${name}: each requirement finds what it should`, () => {
    for (const requirement of REQUIREMENTS) {
      const { state, evidence } = requirement.check(view);
      assert.equal(state, expected[requirement.id] ?? 'ok', `${requirement.id}: ${evidence}`);
    }
  });
}

test('with one slot left, the most important object takes it', () => {
  const view = { ...fresh, channelMembers: others(4) };
  const changes = planOf(view, REQUIREMENTS).changes.map(describeChange);
  assert.ok(changes.includes('+ channel member B'));
  assert.ok(!changes.some((change) => /channel member [AC]/.test(change)));
});

test('an object that another channel selects already takes no further slot', () => {
  const view = {
    ...fresh,
    channelMembers: [...others(4), { channel: 'ChangeEvents', entity: 'CaseChangeEvent' }],
  };
  const changes = planOf(view, REQUIREMENTS).changes.map(describeChange);
  assert.ok(changes.includes('+ channel member B'));
});

test('the plan carries the merged value set and only the files that are needed', () => {
  const { files } = planOf(
    { ...ready, present: new Map([...ready.present, [STATUS, values('New', 'Mine', 'Closed')]]) },
    REQUIREMENTS,
  );
  assert.deepEqual([...files.keys()], [STATUS]);
  assert.match(files.get(STATUS) ?? '', /<fullName>Mine<\/fullName>[\s\S]*<fullName>Open<\/fullName>/);
});

test('every heading of the original that asked for something has a requirement', () => {
  const covered = new Set(REQUIREMENTS.map(({ section }) => section));
  for (const heading of [
    'Prerequisites',
    'Prepare Your Salesforce Organization',
    'Establishing Permission Settings',
    'Establishing Integration User Profile Requirements',
  ]) {
    assert.ok(covered.has(heading), heading);
  }
});

test('every id is there once', () => {
  assert.equal(new Set(REQUIREMENTS.map(({ id }) => id)).size, REQUIREMENTS.length);
});

test('every error has a text, and what to do next', () => {
  const messages = readFileSync(fileURLToPath(new URL('../../messages/errors.md', import.meta.url)), 'utf8');
  const code = readFileSync(fileURLToPath(new URL('../errors.ts', import.meta.url)), 'utf8');
  const registry = [.../'(\w+)'/g[Symbol.matchAll](/ERROR_CODES = \[([\s\S]*?)\]/.exec(code)?.[1] ?? '')].map(
    ([, name]) => name,
  );
  const texts = [...messages.matchAll(/^# error\.(\w+)$/gm)].map(([, name]) => name);
  assert.ok(registry.length > 5);
  assert.deepEqual(new Set(texts), new Set(registry));
  for (const name of registry)
    assert.match(messages, new RegExp(`^# error\\.${name}\\.actions\\n\\n- `, 'm'));
});
