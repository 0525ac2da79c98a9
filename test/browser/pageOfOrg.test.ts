import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import type { LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';
import { assign, startPreparedOrg } from '../support/preparedOrg.ts';
import { waitFor } from '../support/waitFor.ts';
import { findViolations } from './findViolations.ts';
import { keepPicture } from './host/keepPicture.ts';
import { startHost, type Host, type HostPage, type PageOptions } from './host/openPage.ts';
import { openBrowser, type OpenBrowser } from './openBrowser.ts';

const ERROR = 'Desk says: subject is too long';
let local: LocalOrg;
let admin: Connection;
let host: Host;
let opened: OpenBrowser;
/** Sessions: of one with the permission set of agents, and of one without any of ours. */
let agent: string;
let stranger: string;
let caseId: string;
let linkId: string;
const pages: HostPage[] = [];

before(async () => {
  local = await startPreparedOrg();
  admin = clientOf(local);
  agent = local.addUser('agent@local.test', 'Standard User');
  stranger = local.addUser('stranger@local.test', 'Standard User');
  assign(local.org, 'Desk_Connect_Agent', local.org.userId('agent@local.test'));
  caseId = idOf(await admin.sobject('Case').create({ Subject: 'Printer will not print', Priority: 'High' }));
  linkId = idOf(
    await admin.sobject('Desk_Link__c').create({
      Pair__c: 'case',
      Record_Id__c: caseId,
      Case__c: caseId,
      Desk_Id__c: '31415',
      Desk_Key__c: 'case:31415',
      Desk_Url__c: 'https://help.example/agent/case/31415',
      Status__c: 'Failing',
      Last_Error__c: ERROR,
      Last_Direction__c: 'Salesforce to Desk',
      Last_Synced__c: '2026-11-26T11:58:00Z',
    }),
  );
  host = await startHost(local);
  opened = await openBrowser();
});
afterEach(async () => {
  const done = pages.splice(0);
  await Promise.all(done.map((one) => one.close()));
  assert.deepEqual(
    done.flatMap(({ problems }) => problems),
    [],
    'the page logs neither errors nor warnings',
  );
});
after(async () => {
  await opened?.close();
  await host?.close();
  await local?.close();
});

const idOf = ({ id }: { id?: string }) => id ?? '';

async function open(options: Omit<PageOptions, 'component'> & { component?: string }) {
  const one = await host.open(opened.browser, { component: 'deskSyncStatus', recordId: caseId, ...options });
  pages.push(one);
  return one.page;
}

test('an agent asks for a sync on the page of a case, and sees how the link answers', async () => {
  const page = await open({ token: agent });
  await page.getByRole('link', { name: /31415/ }).waitFor();
  await page.getByText(ERROR).waitFor();
  await page.getByRole('button', { name: 'Sync Now' }).click();
  const row = await waitFor('the request', async () => {
    const found = await admin.sobject('Desk_Link__c').retrieve(linkId);
    return found['Requested_Action__c'] === 'Sync Now' ? found : null;
  });
  assert.equal(row['LastModifiedById'], local.org.userId('agent@local.test'));
  await admin
    .sobject('Desk_Link__c')
    .update({ Id: linkId, Requested_Action__c: null, Status__c: 'In Step', Last_Error__c: null });
  await page.getByText('The sync is done.').waitFor();
  assert.equal(await page.getByText(ERROR).count(), 0);
  await admin.sobject('Desk_Link__c').update({ Id: linkId, Status__c: 'Failing', Last_Error__c: ERROR });
});

test('a user without the permission set sees why there is nothing', async () => {
  const page = await open({ token: stranger, mode: 'dark' });
  await page.getByText('You cannot see the sync with Desk').waitFor();
  assert.equal(await page.getByRole('button').count(), 0);
  assert.deepEqual(await findViolations(page), []);
});

for (const theme of ['cosmos', 'slds1'] as const)
  test(`in ${theme} everybody can perceive it at every width, and nothing stands out of the page`, async () => {
    for (const width of [320, 768, 1_280]) {
      const page = await open({ token: agent, theme, width });
      await page.getByText(ERROR).waitFor();
      assert.deepEqual(await findViolations(page), [], `${width} px`);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
      await keepPicture(page, `deskSyncStatus-${theme}-${width}`);
    }
  });

test('what the platform gives to components comes from the org, as the user may have it', async () => {
  const channel = '/event/Desk_Signal__e';
  const page = await open({ token: local.accessToken, component: 'platformProbe', props: { channel } });
  const line = (name: string) => page.locator(`[data-id="${name}"]`);
  const press = (name: string) => page.getByRole('button', { name }).click();
  await page.getByText('Printer will not print').last().waitFor();
  await page.getByText('en-US may standard__recordPage').waitFor();
  await press('Comment');
  await line('problem').getByText('Required fields are missing: [LastName]').waitFor();
  await press('Rename');
  await line('subject').getByText('Renamed').waitFor();
  await page.getByRole('status').getByText('Saved').waitFor();
  await press('Go');
  await line('place').getByText(`/lightning/r/${caseId}/view`).waitFor();
  await press('Listen');
  await line('events').getByText('listening').waitFor();
  await admin.sobject('Desk_Signal__e').create({ Record_Id__c: caseId, Action__c: 'Sync Now' });
  await line('events').getByText(caseId).waitFor();
});

test('a component hears why it may not listen', async () => {
  const page = await open({
    token: stranger,
    component: 'platformProbe',
    props: { channel: '/event/Desk_Signal__e' },
  });
  await page.getByRole('button', { name: 'Listen' }).click();
  await page
    .locator('[data-id="problem"]')
    .getByText(/^403::/)
    .waitFor();
});
