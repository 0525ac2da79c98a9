import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESKS } from '@desk-connect/bridge/desks/desks.js';
import type { DeskSite } from '@desk-connect/bridge/desks/deskType.js';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';

const { whoami, look } = DESKS.zendesk;
let zendesk: LocalZendesk;

before(async () => {
  zendesk = await startZendesk();
});
after(() => zendesk.close());

const as = (email: string, token = zendesk.apiTokens[0] ?? ''): DeskSite => ({
  kind: 'zendesk',
  url: zendesk.url,
  credentials: { DESKCONNECT_ZENDESK_EMAIL: email, DESKCONNECT_ZENDESK_TOKEN: token },
});
const oauth = (token: string): DeskSite => ({
  kind: 'zendesk',
  url: zendesk.url,
  credentials: { DESKCONNECT_ZENDESK_ACCESS_TOKEN: token },
});
/** State and evidence of a finding. */
const found = async (id: string, site = as(zendesk.adminEmail)) => {
  const one = (await look(site)).find((finding) => finding.id === id);
  return [one?.state, one?.evidence];
};

test('an administrator can do the work, by an API token and by OAuth', async () => {
  for (const site of [as(zendesk.adminEmail), oauth('local-oauth-token')])
    assert.partialDeepStrictEqual(await whoami(site), { name: zendesk.adminEmail, lacks: null });
  assert.deepEqual(await found('desk-access'), ['ok', `as ${zendesk.adminEmail}`]);
});

test('credentials that Zendesk does not know are a failure of the log-in, which quotes none of them', async () => {
  for (const site of [as(zendesk.adminEmail, 'a wrong token'), oauth('a-wrong-token')])
    for (const ask of [whoami, look])
      await assert.rejects(ask(site), (error: Error & { failure?: { class: string } }) => {
        assert.equal(error.failure?.class, 'auth');
        assert.doesNotMatch(error.message, /wrong.token/);
        return true;
      });
});

test('an agent cannot do the work, and nobody can by a token while token access is off', async () => {
  const agent = await whoami(as(zendesk.agentEmail));
  assert.equal(agent.name, zendesk.agentEmail);
  assert.match(agent.lacks?.why ?? '', /no administrator/);
  const [state, evidence] = await found('desk-access', as(zendesk.agentEmail));
  assert.equal(state, 'blocked');
  assert.match(evidence ?? '', /agent@zendesk\.test: .*no administrator/);

  zendesk.settings.apiTokenAccess = false;
  assert.match((await whoami(as(zendesk.adminEmail))).lacks?.why ?? '', /API token access is off/);
  assert.deepEqual(
    (await look(as(zendesk.adminEmail))).map(({ id, state: is }) => [id, is]),
    [['desk-access', 'blocked']],
  );
  assert.equal((await whoami(oauth('local-oauth-token'))).lacks, null);
  zendesk.settings.apiTokenAccess = true;
});

test('the triggers of a new account that write to people for what the bridge does are named', async () => {
  assert.deepEqual(await found('zendesk-triggers'), [
    'warning',
    'these may: "Notify requester of new proactive ticket", "Notify requester and CCs of comment update", ' +
      '"Notify assignee of comment update", "Notify all agents of received request"',
  ]);
  const { users, triggers } = zendesk.state.tables;
  const us = String(users.find(({ role }) => role === 'admin')?.id);
  for (const trigger of triggers)
    trigger.conditions.all.push({ field: 'role', operator: 'is_not', value: us });
  assert.equal((await found('zendesk-triggers'))[0], 'ok');
});

test('rules on later pages are looked at too', async () => {
  const { automations } = zendesk.state.tables;
  const [standard] = automations;
  assert.ok(standard);
  assert.equal((await found('zendesk-automations'))[0], 'ok');
  const add = (title: string, action: { field: string; value: unknown }) =>
    zendesk.state.add(automations, { ...standard, ...zendesk.state.stamps(), title, actions: [action] });
  for (let number = 1; number <= 100; number += 1)
    add(`Close ${number}`, { field: 'status', value: 'closed' });
  add('Ask how it was', { field: 'notification_user', value: ['requester_id', 'How was it?', ''] });
  const [state, evidence] = await found('zendesk-automations');
  assert.equal(state, 'warning');
  assert.match(evidence ?? '', /: "Ask how it was"$/);
});

test('what the account allows is told: requests a minute, and users in bulk', async () => {
  assert.match((await found('zendesk-limit'))[1] ?? '', /^700,/);
  assert.equal((await found('zendesk-bulk-users'))[0], 'ok');
  const users = zendesk.state.tables.users.length;
  zendesk.settings.bulkUserImports = false;
  assert.equal((await found('zendesk-bulk-users'))[0], 'warning');
  assert.equal(zendesk.state.tables.users.length, users);
});
