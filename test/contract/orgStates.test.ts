import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_WISHES, type OrgView, type Wishes } from '@desk-connect/plugin/org/orgView.js';
import { readOrg } from '@desk-connect/plugin/org/readOrg.js';
import { planOf } from '@desk-connect/plugin/plan/plan.js';
import { REQUIREMENTS } from '@desk-connect/plugin/requirements/requirements.js';
import { apply, checkOrg, type SetupOptions } from '@desk-connect/plugin/setup/setupFlow.js';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import type { StateName } from '../org/states.ts';
import { connectionTo } from '../support/connectionTo.ts';
import { deployTo, recordFile } from '../support/deployTo.ts';

type State = 'ok' | 'missing' | 'blocked' | 'warning';
type Row = {
  /** What a new org lacks stands in FRESH; here is what differs. */
  readonly found: Readonly<Record<string, State>>;
  readonly wishes?: Wishes;
  /** What is still to be said once setup is done; null: setup cannot be done. */
  readonly left: Readonly<Record<string, State>> | null;
};
const FRESH: Readonly<Record<string, State>> = {
  'case-status': 'missing',
  'link-object': 'missing',
  'log-object': 'missing',
  'bridge-object': 'missing',
  'config-types': 'missing',
  'signal-event': 'missing',
  'change-events': 'missing',
  flows: 'missing',
  'flow-activation': 'missing',
  components: 'missing',
  'permission-sets': 'missing',
  'related-lists': 'missing',
  assignment: 'missing',
  'link-fields': 'missing',
  'log-fields': 'missing',
  'bridge-fields': 'missing',
};
const NO_STREAMS: Readonly<Record<string, State>> = {
  'signal-event': 'warning',
  'change-events': 'warning',
};

/** State of the org × requirement → what is found, before setup and after it. Not named: in order. */
const TABLE: Readonly<Record<StateName, Row>> = {
  enterprise: { found: {}, left: {} },
  professional: {
    found: {
      ...NO_STREAMS,
      'config-types': 'warning',
      flows: 'ok',
      'flow-activation': 'ok',
      'layout-fields': 'missing',
    },
    left: { ...NO_STREAMS, 'config-types': 'warning', components: 'warning' },
  },
  'person-accounts': { found: { 'record-types': 'missing' }, left: {} },
  'record-types': { found: { 'support-processes': 'missing', 'record-types': 'missing' }, left: {} },
  layouts: { found: {}, left: {} },
  'no-slots': { found: { 'change-events': 'warning' }, left: { 'change-events': 'warning' } },
  'inactive-values': { found: {}, left: {} },
  'read-only-admin': {
    found: {},
    left: null,
  },
  'record-pages': {
    found: { 'record-pages': 'missing' },
    wishes: { relaxSessions: false, placeComponents: true },
    left: {},
  },
  'few-calls': { found: { 'api-calls': 'warning' }, left: { 'api-calls': 'warning' } },
  strict: {
    found: {
      sessions: 'warning',
      email: 'warning',
      'required-fields': 'warning',
      'restricted-picklists': 'ok',
      'duplicate-rules': 'warning',
      'integration-user': 'blocked',
      'login-addresses': 'warning',
    },
    left: null,
  },
};

let home: string;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'sf-home-'));
  process.env['HOME'] = home;
  process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] = 'true';
});
after(() => rmSync(home, { recursive: true, force: true }));

const statesOf = (view: OrgView) =>
  Object.fromEntries(
    planOf(view, REQUIREMENTS).checked.flatMap(({ requirement, finding }) =>
      finding.state === 'ok' ? [] : [[requirement.id, finding.state]],
    ),
  );
const withoutOk = (expected: Readonly<Record<string, State>>) =>
  Object.fromEntries(Object.entries(expected).filter(([, state]) => state !== 'ok'));

async function inState<T>(
  state: StateName,
  run: (local: LocalOrg, options: SetupOptions) => Promise<T>,
): Promise<T> {
  const local = await startOrg({ state });
  try {
    return await run(local, {
      connection: await connectionTo(local),
      username: local.username,
      timeoutMs: 60_000,
      wishes: TABLE[state].wishes ?? NO_WISHES,
      onStage: () => undefined,
    });
  } finally {
    await local.close();
  }
}

for (const [name, { found, left }] of Object.entries(TABLE) as [StateName, Row][]) {
  if (name === 'read-only-admin') continue;
  test(`an org in the state ${name}: what it lacks is found, and setup leaves nothing that can be mended`, () =>
    inState(name, async (_local, options) => {
      assert.deepEqual(statesOf(await readOrg(options)), withoutOk({ ...FRESH, ...found }));
      if (left === null) return assert.rejects(checkOrg(options), { name: 'BlockedError' });
      const after_ = await apply(await checkOrg(options), options);
      assert.deepEqual(
        Object.fromEntries(
          after_.checked.flatMap(({ requirement, finding }) =>
            finding.state === 'ok' ? [] : [[requirement.id, finding.state]],
          ),
        ),
        left,
      );
      const again = await checkOrg(options);
      assert.deepEqual(again.changes, [], 'a second setup has nothing to do');
    }));
}

test('a user who may only look is told so, and nothing is asked of the metadata', () =>
  inState('read-only-admin', async (_local, options) => {
    await assert.rejects(checkOrg(options), /INSUFFICIENT_ACCESS/);
  }));

test('a dedicated user with the permission set alone has all that is needed; what is taken away is named', () =>
  inState('enterprise', async (local, options) => {
    local.addUser('bridge@local.test', 'Minimum Access - API Only Integrations');
    const bridge = { ...options, username: 'bridge@local.test' };
    const before_ = statesOf(await readOrg(bridge));
    for (const id of ['object-access', 'case-fields', 'contact-fields', 'activities', 'case-comments'])
      assert.equal(before_[id], 'missing', id);
    const done = await apply(await checkOrg(bridge), bridge);
    assert.ok(done.checked.every(({ finding }) => finding.state === 'ok'));
    for (const row of [...local.org.records.rows('FieldPermissions').values()])
      if (row['Field'] === 'Case.Subject') local.org.records.rows('FieldPermissions').delete(row.Id);
    const { blocked } = planOf(await readOrg(bridge), REQUIREMENTS);
    assert.deepEqual(
      blocked.map(({ finding }) => finding.evidence),
      ['bridge@local.test lacks: Case.Subject'],
    );
  }));

test('setup relaxes the session settings only when asked, and only the three', () =>
  inState('strict', async (local, options) => {
    // Freezing is a person's business; this test is about sessions.
    local.org.records.rows('UserLogin').clear();
    const wishes = { relaxSessions: true, placeComponents: false };
    await apply(await checkOrg({ ...options, wishes }), { ...options, wishes });
    const settings = local.org.metadata.get('Settings')?.get('Security')?.toString() ?? '';
    assert.match(settings, /<lockSessionsToIp>false</);
    assert.match(settings, /<sessionTimeout>TwentyFourHours</);
    assert.match(settings, /<complexity>SpecialCharacters</, 'what was not asked for stays');
  }));

test('setup leaves the rules and mappings that an administrator has set', () =>
  inState('enterprise', async (local, options) => {
    await apply(await checkOrg(options), options);
    const value = '<values><field>Enabled__c</field><value xsi:type="xsd:boolean">false</value></values>';
    const file = { 'customMetadata/Desk_Sync.Default.md': recordFile('Default', value) };
    assert.deepEqual(await deployTo(options.connection, file), []);
    local.org.metadata.get('CustomObject')?.delete('Desk_Sync__mdt');
    const plan = await checkOrg(options);
    assert.ok(plan.changes.length > 0, 'the type is deployed again');
    await apply(plan, options);
    const [row] = local.org.records.rows('Desk_Sync__mdt').values();
    assert.equal(row?.['Enabled__c'], false);
  }));
