import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Connection } from '@jsforce/jsforce-node';
import type { LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';
import { startPreparedOrg } from '../support/preparedOrg.ts';
import { waitFor } from '../support/waitFor.ts';
import { healthOf, mappingsOf } from './bridgeRow.fixture.ts';
import { keepPicture } from './host/keepPicture.ts';
import { openStage, type Shown, type Stage } from './stage.ts';

const HOSTILE = `\u202e<img src=x onerror="globalThis.harmed=true">${'x'.repeat(300)}`;
let local: LocalOrg;
let salesforce: Connection;
let stage: Stage;
let admin: string;
let nobody: string;
let rowId: string;
let contactId: string;

before(async () => {
  local = await startPreparedOrg();
  salesforce = clientOf(local);
  stage = await openStage(local);
  admin = stage.user('operator', 'Desk_Connect_Admin');
  nobody = stage.user('nobody');
  contactId = (await salesforce.sobject('Contact').create({ LastName: 'Curie' })).id ?? '';
  for (let n = 0; n < 12; n += 1)
    await salesforce.sobject('Desk_Log__c').create({
      Log_Key__c: `entry ${n}`,
      At__c: new Date(Date.UTC(2026, 10, 27, 12, n)).toISOString(),
      Level__c: n === 0 ? 'Error' : 'Warning',
      Pair__c: n === 1 ? 'case' : 'customer',
      Text__c: `Entry ${n}.`,
      Desk_Id__c: '31415',
      Record_Id__c: contactId,
    });
});
afterEach(() => stage.clear());
after(async () => {
  await stage.close();
  await local.close();
});

const write = async (fields: Record<string, unknown>) => {
  const seen = new Date().toISOString();
  const { id } = rowId
    ? await salesforce.sobject('Desk_Bridge__c').update({ Id: rowId, Seen__c: seen, ...fields })
    : await salesforce.sobject('Desk_Bridge__c').create({ Bridge_Key__c: 'one', Seen__c: seen, ...fields });
  rowId = id ?? rowId;
};
/** The history stands on the page of a record, the others on that of the app. */
const placeOf = (component: string) => (component === 'deskSyncHistory' ? { recordId: contactId } : {});
const state = ({ page }: Shown) => page.locator('.state').innerText();
const asked = async () =>
  (await salesforce.sobject('Desk_Bridge__c').retrieve(rowId)) as unknown as Record<string, string | null>;

test('before a bridge has written, health and mappings say so, and what to do', async () => {
  for (const component of ['deskSyncHealth', 'deskMappings']) {
    const one = await stage.show({ token: admin, component });
    await one.says('No bridge has written here yet');
    await one.says('Start the bridge.');
    await one.assertFitForAll();
  }
});

for (const [component, words] of [
  ['deskSyncHealth', 'You cannot see how the bridge is doing'],
  ['deskMappings', 'You cannot see the rules and mappings'],
  ['deskSystemLog', 'You cannot see the log of Desk Connect'],
  ['deskSyncHistory', 'You cannot see the log of Desk Connect'],
] as const) {
  test(`a user without permission sees in ${component} why it is empty, and whom to ask`, async () => {
    const one = await stage.show({ token: nobody, component, ...placeOf(component) });
    await one.says(words);
    await one.says('Ask your administrator');
    await one.assertFitForAll();
  });

  test(`while the org has not answered, ${component} says that it loads; an error is shown in the org's words`, async () => {
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const one = await stage.show({
      token: admin,
      component,
      ...placeOf(component),
      prepare: async (page) => {
        await page.route('**/graphql', async (route) => {
          await held;
          await route.fulfill({ json: { data: null, errors: [{ message: 'Server Error: try later' }] } });
        });
      },
    });
    await one.page.getByText(/^Loading/).waitFor({ state: 'attached' });
    await one.assertFitForAll();
    release();
    await one.says('could not be read');
    await one.says('Server Error: try later');
    await one.assertFitForAll();
  });
}

test('health tells what is in step, what fails and why with links to the records, what it costs, and the last day', async () => {
  await write({ State__c: 'Trouble', Health__c: JSON.stringify(healthOf({ contactId })) });
  const one = await stage.show({ token: admin, component: 'deskSyncHealth' });
  await one.says('In trouble');
  const text = await one.text();
  assert.match(text, /Company\s+12,034\s+3/);
  assert.match(text, /A value is not accepted/);
  assert.match(text, /and 10 more/);
  assert.match(text, /276 changes went to Desk, 552 to Salesforce, 24 failed/);
  assert.match(text, /12,000 of 100,000 used in 24 hours \(12%\)/);
  assert.match(text, /90 of 300 used in this minute \(30%\)/);
  assert.match(text, /Stream of changes\s+Works\s+.+\s+3 s/);
  assert.match(text, /Does not work\s+.+\s+67 min\s+HTTP 503/);
  const link = one.page.getByRole('link', { name: 'Customer 31415' });
  assert.equal(await link.getAttribute('href'), `/lightning/r/${contactId}/view`);
  assert.equal(await one.page.locator('rect').count(), 72);
  await one.page.getByText('As a table').click();
  assert.equal(await one.page.getByRole('table', { name: 'The last 24 hours' }).getByRole('row').count(), 25);
  await one.assertFitForAll();
});

test('Retry All asks for another try of all of one cause, and says when the bridge has answered', async () => {
  const one = await stage.show({ token: admin, component: 'deskSyncHealth' });
  await one.button('Retry all: A permission is missing').click();
  await one.says('Asking Desk Connect');
  await waitFor('the request', async () => (await asked())['Requested_Action__c'] === 'Retry');
  assert.equal((await asked())['Requested_Cause__c'], 'permission');
  await write({ Requested_Action__c: null, Requested_Cause__c: null });
  await one.says('The bridge tries them again.');
});

test('a bridge that is not heard of for a quarter of an hour is not shown as one that works', async () => {
  await write({ State__c: 'Up', Seen__c: new Date(Date.now() - 16 * 60_000).toISOString() });
  const one = await stage.show({ token: admin, component: 'deskSyncHealth' });
  await one.says('See whether it runs');
  assert.equal(await state(one), 'Not heard of');
  await one.assertFitForAll();
});

test('what the bridge wrote in a form that the component does not know is told, and breaks nothing', async () => {
  for (const text of ['{"version":2}', '{"version"', '']) {
    await write({ State__c: 'Up', Health__c: text, Mappings__c: text });
    for (const component of ['deskSyncHealth', 'deskMappings']) {
      const one = await stage.show({ token: admin, component });
      await one.says('cannot be read by this version');
    }
  }
});

test('mappings tell each rule in words, each field, and where they are changed', async () => {
  await write({ Mappings__c: JSON.stringify(mappingsOf('org')) });
  const one = await stage.show({ token: admin, component: 'deskMappings' });
  await one.says('They are set in custom metadata');
  const text = await one.text();
  assert.match(text, /Goes to Desk if\s+Origin = 'Web'/);
  assert.match(
    text,
    /Product__r\.Code__c\s+custom_fields\.product\s+Desk to Salesforce\s+Desk's value is kept/,
  );
  assert.match(text, /Name\s+name\s+Both ways\s+shown in Desk, standard/);
  assert.equal(
    await one.page.getByRole('link', { name: 'Open Custom Metadata Types' }).getAttribute('href'),
    '/lightning/setup/CustomMetadata/home',
  );
  await one.assertFitForAll();
  await write({ Mappings__c: JSON.stringify(mappingsOf('file')) });
  const other = await stage.show({ token: admin, component: 'deskMappings' });
  await other.says('They are set in the file desk-connect.yaml');
});

test('the system log shows the newest first, page by page, and just what is chosen', async () => {
  const one = await stage.show({ token: admin, component: 'deskSystemLog' });
  await one.says('Entry 11.');
  const entries = () => one.page.getByRole('list', { name: 'Log' }).getByRole('listitem').allInnerTexts();
  assert.equal((await entries()).length, 10);
  assert.match((await entries())[0] ?? '', /Warning.*12:11:00.*Customer 31415.*Entry 11\./s);
  await one.assertFitForAll();
  await one.button('Show Older').click();
  await one.says('Entry 0.');
  assert.equal((await entries()).length, 12);
  assert.equal(await one.button('Show Older').count(), 0);
  await one.page.getByLabel('Show').selectOption('Errors only');
  await waitFor('the only error', async () => (await entries()).length === 1);
  assert.match((await entries())[0] ?? '', /Entry 0\./);
  await one.page.getByLabel('Records').selectOption('Case');
  await one.says('The log tells of nothing like this.');
  await one.page.getByLabel('Show').selectOption('Everything');
  await one.says('Entry 1.');
});

test('the history of a record tells of this record alone, and says where there is nothing to tell', async () => {
  const one = await stage.show({ token: admin, component: 'deskSyncHistory', recordId: contactId });
  await one.says('Entry 11.');
  const { id: other = '' } = await salesforce.sobject('Contact').create({ LastName: 'Silent' });
  const silent = await stage.show({ token: admin, component: 'deskSyncHistory', recordId: other });
  await silent.says('The log tells of nothing about this record');
  assert.doesNotMatch(await silent.text(), /Entry/);
  await silent.assertFitForAll();
});

test('hostile content does no harm to any of them', async () => {
  await write({
    State__c: 'Up',
    Health__c: JSON.stringify(healthOf({ contactId: 'javascript:globalThis.harmed=true', text: HOSTILE })),
    Mappings__c: JSON.stringify(mappingsOf('org', HOSTILE)),
  });
  await salesforce.sobject('Desk_Log__c').create({
    Log_Key__c: 'hostile',
    At__c: '2026-11-28T12:00:00Z',
    Level__c: 'Error',
    Pair__c: 'case',
    Text__c: HOSTILE.repeat(11),
    Desk_Id__c: '<b>1</b>',
    Record_Id__c: 'javascript:alert(1',
  });
  for (const component of ['deskSyncHealth', 'deskMappings', 'deskSystemLog']) {
    const one = await stage.show({ token: admin, component, width: 320 });
    await one.says('onerror=');
    await one.assertFitForAll();
    assert.equal(await one.page.evaluate('"harmed" in globalThis'), false);
    assert.equal(await one.page.locator('main a[href^="javascript"], main img').count(), 0);
  }
});

test('they speak the language of the user', async () => {
  await write({ State__c: 'Up', Health__c: JSON.stringify(healthOf({ contactId })) });
  const one = await stage.show({ token: admin, component: 'deskSyncHealth', language: 'de' });
  await one.says('Fehlschläge nach Ursache');
  assert.match(await one.text(), /12\.034/);
});

for (const [theme, mode] of [
  ['cosmos', 'light'],
  ['cosmos', 'dark'],
  ['slds1', 'light'],
] as const)
  test(`they are fit for all at every width in ${theme}, ${mode}`, async () => {
    await write({ State__c: 'Trouble', Mappings__c: JSON.stringify(mappingsOf('org')) });
    for (const [component, words] of [
      ['deskSyncHealth', 'In trouble'],
      ['deskMappings', 'They are set'],
      ['deskSystemLog', 'Entry 11.'],
      ['deskSyncHistory', 'Entry 11.'],
    ] as const) {
      const one = await stage.show({ token: admin, component, theme, mode, ...placeOf(component) });
      await one.says(words);
      for (const width of [320, 768, 1_280]) {
        await one.page.setViewportSize({ width, height: 900 });
        await one.assertWithinWidth();
        await keepPicture(one.page, `${component}-${theme}-${mode}-${width}`);
      }
      await one.assertFitForAll();
    }
  });
