import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startOrg } from '../org/startOrg.ts';
import { prepare } from '../support/preparedOrg.ts';
import { waitFor } from '../support/waitFor.ts';
import { clientOf } from '../support/clientOf.ts';

const folder = mkdtempSync(join(tmpdir(), 'saved-org-'));
after(() => rmSync(folder, { recursive: true }));

test('an org with a folder has its metadata and its records, deleted ones included, after a restart', async () => {
  const first = await startOrg({ dataFolder: folder });
  await prepare(first);
  const before = clientOf(first);
  const kept = await before.sobject('Account').create({ Name: 'Kept' });
  const gone = await before.sobject('Account').create({ Name: 'Gone' });
  await before.sobject('Account').destroy(gone.id ?? '');
  await before
    .sobject('Desk_Link__c')
    .create({ Desk_Key__c: 'company:1', Record_Id__c: kept.id, Account__c: kept.id });
  await first.close();

  const second = await startOrg({ dataFolder: folder });
  const client = clientOf(second);
  const { records } = await client.query<{ Desk_Key__c: string; Account__r: { Name: string } }>(
    'SELECT Desk_Key__c, Account__r.Name FROM Desk_Link__c',
  );
  assert.deepEqual(
    records.map((row) => [row.Desk_Key__c, row.Account__r.Name]),
    [['company:1', 'Kept']],
  );
  assert.equal((await client.query('SELECT Id FROM Account')).totalSize, 1);
  assert.equal((await client.query('SELECT Id FROM Account ALL ROWS')).totalSize, 2);
  const next = await client.sobject('Account').create({ Name: 'Next' });
  assert.ok(next.id !== kept.id && next.id !== gone.id, 'ids go on where they stopped');
  const object = second.org.schema.object('PlatformEventChannelMember');
  assert.equal(
    [...second.org.records.rows(object?.name ?? '').values()].filter((row) => row['IsDeleted'] !== true)
      .length,
    3,
  );
  await second.close();
});

test('what was changed is in the folder soon, without an end of the org', async () => {
  const local = await startOrg({ dataFolder: folder });
  await clientOf(local).sobject('Account').create({ Name: 'Saved at once' });
  await waitFor('the account in the file', () =>
    readFileSync(join(folder, 'org.json'), 'utf8').includes('Saved at once'),
  );
  await local.close();
});
