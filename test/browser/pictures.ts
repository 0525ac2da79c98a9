// Writes the pictures of the guides: our components and the widget in Chromium, in front of a local org and a local
// Desk that a bridge keeps in step. What the card says is what that bridge wrote.
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startBridgeInProcess } from '../support/bridgeInProcess.ts';
import { linkedCase } from '../support/linkedCase.ts';
import { assign } from '../support/preparedOrg.ts';
import { display, letReadForWidget, startWidget } from '../support/startWidget.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld } from '../support/world.ts';
import { startHost, type PageOptions } from './host/openPage.ts';
import { openBrowser } from './openBrowser.ts';

const FOLDER = fileURLToPath(new URL('../../docs/images', import.meta.url));
const NARROW = 400;
const WIDE = { width: 1_280, height: 560 };
const PANEL = { width: 320, height: 700 };
const PATIENCE_MS = 3_000;
/** Two changes are a conflict where the bridge has seen neither before the other. */
const MOST_ATTEMPTS = 20;
const SUBJECT = 'The engine weaves patterns I did not order';

const world = await createWorld();
await letReadForWidget(world, ['Account.Website', 'Account.Industry']);
const bridge = await startBridgeInProcess(world, { statusPace: { everyMs: 1_000, spacingMs: 500 } });
const host = await startHost(world.org);
const { browser, close } = await openBrowser();
const token = world.org.addUser('agent@local.test', 'Standard User');
for (const set of ['Desk_Connect_Agent', 'Desk_Connect_Admin'])
  assign(world.org.org, set, world.org.org.userId('agent@local.test'));
const { salesforce } = world;

const { deskCase, caseId, accountId } = await linkedCase(world, bridge, {
  company: 'Analytical Engines',
  customer: {
    first_name: 'Ada',
    last_name: 'Byron',
    title: 'Countess of Lovelace',
    emails: [{ type: 'work', value: 'ada@engines.example' }],
    phone_numbers: [{ type: 'work', value: '+44 20 7946 0000' }],
  },
  subject: SUBJECT,
});

for (const LastName of ['Babbage', 'Menabrea', 'Jacquard', 'Somerville', 'De Morgan', 'Herschel'])
  await salesforce
    .sobject('Contact')
    .create({ LastName, Email: `${LastName.replace(' ', '.')}@engines.example` });
await salesforce
  .sobject('Account')
  .update({ Id: accountId, Website: 'www.engines.example', Industry: 'Engineering' });
for (const Name of ['Difference engine no. 2', 'Punched cards'])
  await salesforce.sobject('Opportunity').create({
    Name,
    StageName: 'Prospecting',
    CloseDate: '2027-03-01',
    Amount: 1_250_000,
    AccountId: accountId,
  });
const widget = await startWidget(world, bridge, {
  mappings: [
    ...['Title', 'Email', 'Phone'].map((name) => display('customer', name)),
    ...['Website', 'Industry'].map((name) => display('company', name)),
    ...['Status', 'Subject'].map((name) => display('case', name)),
  ],
});

async function show(
  options: Omit<PageOptions, 'token'>,
  says: string,
  use: (page: Page) => Promise<unknown>,
) {
  const shown = await host.open(browser, { token, width: NARROW, ...options });
  const { page } = shown;
  await page.getByText(says).first().waitFor({ timeout: PATIENCE_MS });
  // Icons come after the words.
  await page.waitForLoadState('networkidle');
  await use(page);
  await shown.close();
}
const card = (name: string, component: string, says: string) =>
  show({ component, recordId: caseId }, says, (page) =>
    page
      .locator('article')
      .first()
      .screenshot({ path: `${FOLDER}/${name}.png` }),
  );
const linkOfCase = async () => {
  const { records } = await salesforce.query<{ Id: string; Status__c: string }>(
    `SELECT Id, Status__c FROM Desk_Link__c WHERE Record_Id__c = '${caseId}'`,
  );
  return records[0];
};
const linkSays = (status: string, patienceMs?: number) =>
  waitFor(`the link to say ${status}`, async () => (await linkOfCase())?.Status__c === status, patienceMs);
const ask = async (action: string) =>
  salesforce
    .sobject('Desk_Link__c')
    .update({ Id: (await linkOfCase())?.Id ?? '', Requested_Action__c: action });
const inDesk = (fields: object) => world.agent('PATCH', `cases/${deskCase}`, fields);
const inSalesforce = (fields: object) => salesforce.sobject('Case').update({ Id: caseId, ...fields });

try {
  await linkSays('In Step');
  await card('card-in-step', 'deskSyncStatus', 'In step');

  await ask('Unlink');
  await linkSays('Unlinked');
  await card('card-unlinked', 'deskSyncStatus', 'Unlinked');

  await ask('Relink');
  await linkSays('In Step');

  let isShown = false;
  for (let attempt = 1; !isShown; attempt += 1) {
    if (attempt > MOST_ATTEMPTS) throw new Error('The bridge saw each change before the other.');
    await inDesk({ subject: `The engine weaves ${attempt} flowers` });
    await inSalesforce({ Subject: `The engine weaves ${attempt} leaves` });
    const seen = linkSays('Conflict', PATIENCE_MS).then(() =>
      card('card-conflict', 'deskSyncStatus', 'Conflict'),
    );
    isShown = await seen.then(
      () => true,
      () => false,
    );
  }
  await inSalesforce({ Subject: SUBJECT, Priority: 'High' });
  await linkSays('In Step');

  // Desk refuses one of the values.
  const body = { message: 'Validation Failed', errors: { priority: ['inclusion'] } };
  const match = { method: 'PATCH', path: new RegExp(`/cases/${deskCase}$`) };
  world.desk.faults.add({ match, action: 'status', status: 422, body, times: 100 });
  await inSalesforce({ Priority: 'Low' });
  await linkSays('Failing');
  await show(
    { component: 'deskSyncStatus', recordId: caseId, width: WIDE.width },
    'Failing',
    async (page) => {
      await page.setViewportSize(WIDE);
      await page.screenshot({ path: `${FOLDER}/record-page.png` });
    },
  );
  await waitFor('the log', async () => {
    const { totalSize } = await salesforce.query(
      `SELECT Id FROM Desk_Log__c WHERE Record_Id__c = '${caseId}'`,
    );
    return totalSize > 0;
  });
  await card('history', 'deskSyncHistory', 'Both sides changed');

  await show({ component: 'deskSyncHealth', width: WIDE.width }, 'Records by state', (page) =>
    page.screenshot({ path: `${FOLDER}/health.png`, fullPage: true }),
  );

  const panel = await browser.newPage({ viewport: PANEL });
  await panel.goto(widget.opening(deskCase));
  await panel.getByText('Open opportunities').waitFor();
  await panel.screenshot({ path: `${FOLDER}/widget.png`, fullPage: true });
} finally {
  await close();
  await host.close();
  await widget.close();
  await bridge.stop();
  await world.close();
}
