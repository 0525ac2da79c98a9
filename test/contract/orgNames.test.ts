import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { writableFields } from '../../bridge/src/core/fieldMap.ts';
import { onAccount, personColumns } from '../../bridge/src/core/personAccounts.ts';
import { ZENDESK_VOCABULARY } from '../../bridge/src/core/vocabulary/zendesk.ts';
import { nameInSalesforce } from '../../bridge/src/core/vocabulary/zendesk/personName.ts';
import type { Org } from '../../bridge/src/ports/org.ts';
import { orgOverRest } from '../../bridge/src/salesforce/orgOverRest.ts';
import { findPersonAccounts } from '../../bridge/src/salesforce/personAccounts.ts';
import { Session } from '../../bridge/src/salesforce/session.ts';
import type { LocalOrg } from '../org/startOrg.ts';
import { startPreparedOrg } from '../support/preparedOrg.ts';

const maps = ZENDESK_VOCABULARY.maps.customer;
const NAMES = ['Ada Lovelace', 'Plato', ' Anna  Maria   Schmidt ', `${'Long '.repeat(20)}${'x'.repeat(90)}`];

let local: LocalOrg;
let org: Org;

before(async () => {
  local = await startPreparedOrg({ state: 'person-accounts' });
  const { url: instanceUrl, accessToken } = local;
  const session = await Session.open({ instanceUrl, auth: { kind: 'accessToken', accessToken } });
  org = orgOverRest(session, Date.now, await findPersonAccounts(session));
});
after(() => local.close());

const nameOf = async (id: string) => (await org.read('Contact', ['Name'], [id])).get(id)?.['Name'];
const fieldsFor = (Name: string) => writableFields(maps, { Name });

test('Salesforce makes of the two names that are written the one that a pair is compared by', async () => {
  for (const [index, name] of NAMES.entries()) {
    const [made] = await org.createLinked([
      {
        object: 'Contact',
        fields: fieldsFor(name),
        pair: 'customer',
        deskId: `${index}`,
        deskUrl: 'https://desk.test/1',
      },
    ]);
    assert.ok(made?.outcome === 'done', JSON.stringify(made));
    assert.equal(await nameOf(made.id), nameInSalesforce(name));
    for (const other of NAMES) {
      const [written] = await org.update('Contact', [{ id: made.id, fields: fieldsFor(other) }]);
      assert.equal(written?.outcome, 'done', JSON.stringify(written));
      assert.equal(await nameOf(made.id), nameInSalesforce(other));
    }
  }
});

test('a person is renamed by its account, which shows the same name', async () => {
  const [made] = await org.createLinked([
    {
      object: 'Account',
      fields: {
        ...onAccount(fieldsFor('Ada Lovelace')),
        RecordTypeId: org.personAccounts?.recordTypeId ?? null,
      },
      pair: 'customer',
      deskId: 'person',
      deskUrl: 'https://desk.test/1',
    },
  ]);
  assert.ok(made?.outcome === 'done', JSON.stringify(made));
  const accountId = String((await org.read('Contact', ['AccountId'], [made.id])).get(made.id)?.['AccountId']);
  const [written] = await org.update('Account', [{ id: accountId, fields: onAccount(fieldsFor('Plato')) }]);
  assert.equal(written?.outcome, 'done');
  assert.equal(await nameOf(made.id), 'Plato');
  const account = (await org.read('Account', personColumns(maps), [accountId])).get(accountId);
  assert.equal(account?.['Name'], 'Plato');
});
