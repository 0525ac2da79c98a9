import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findViolations } from './findViolations.ts';
import { buildPage } from './host/buildPage.ts';
import { openBrowser, type OpenBrowser } from './openBrowser.ts';
import { openRecordPage, RECORD_ID, type LinkFields, type PageOrg, type RecordPage } from './recordPage.ts';

const FIELDS = fileURLToPath(
  new URL('../../force-app/main/default/objects/Desk_Link__c/fields', import.meta.url),
);
let opened: OpenBrowser | undefined;
let scripts: string;
const pages: RecordPage[] = [];

before(async () => {
  scripts = await buildPage();
  opened = await openBrowser();
});
afterEach(async () => {
  const done = pages.splice(0);
  await Promise.all(done.map((one) => one.close()));
  assert.deepEqual(
    done.flatMap((one) => one.problems),
    [],
    'the page logs neither errors nor warnings',
  );
});
after(() => opened?.close());

async function open(org: PageOrg): Promise<RecordPage> {
  assert.ok(opened);
  const page = await openRecordPage(opened.browser, scripts, org);
  pages.push(page);
  return page;
}

const linked = (fields: LinkFields = {}): PageOrg => ({
  links: {
    [RECORD_ID]: {
      Id: 'a00000000000001AAA',
      Status__c: 'In Step',
      Last_Synced__c: '2026-11-26T11:58:00.000Z',
      Last_Direction__c: 'Salesforce to Desk',
      Desk_Id__c: '31415',
      Desk_Url__c: 'https://help.example/agent/case/31415',
      ...fields,
    },
  },
});
const syncNow = ({ page }: RecordPage) => page.getByRole('button', { name: 'Sync Now' });
const text = ({ page }: RecordPage) => page.locator('main').innerText();
const says = (one: RecordPage, words: string) => one.page.getByText(words).first().waitFor();

test('a record in step shows its status, the record in Desk, and when and which way it last crossed', async () => {
  const one = await open(linked());
  await says(one, 'In step');
  const shown = await text(one);
  assert.match(shown, /Nov 26, 2026, 11:58/);
  assert.match(shown, /Salesforce to Desk/);
  const link = one.page.getByRole('link', { name: /31415.*new tab/s });
  assert.equal(await link.getAttribute('href'), 'https://help.example/agent/case/31415');
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  assert.equal(await one.page.locator('.slds-theme_success .slds-icon-utility-success').count(), 1);
  assert.deepEqual(await findViolations(one.page), []);
});

test('it asks only for fields that the object has', async () => {
  const one = await open(linked());
  await says(one, 'In step');
  const asked = new Set((await one.org()).query?.match(/\w+__c/g));
  asked.delete('Desk_Link__c');
  assert.ok(asked.size > 5);
  for (const name of asked) assert.ok(existsSync(`${FIELDS}/${name}.field-meta.xml`), name);
});

for (const [status, word, hint] of [
  ['Waiting', 'Waiting', 'nothing that you have to do'],
  ['Failing', 'Failing', 'then choose Sync Now'],
  ['Conflict', 'Conflict', 'Both sides changed'],
  ['Ambiguous', 'Ambiguous', 'Several records match'],
  ['Excluded', 'Left Out', 'The rule for these records leaves this one out'],
  ['Unlinked', 'Unlinked', 'no longer kept in step'],
] as const) {
  test(`${status} is told in words, with what to do and why, for everyone to perceive`, async () => {
    const one = await open(linked({ Status__c: status, Last_Error__c: 'Desk says: subject is too long' }));
    await says(one, hint);
    assert.equal(await one.page.locator('.status').innerText(), word);
    assert.match(await text(one), /subject is too long/);
    assert.deepEqual(await findViolations(one.page), []);
  });
}

test('a status of an admin is shown as it is', async () => {
  const one = await open(linked({ Status__c: 'toString' }));
  await says(one, 'toString');
});

test('while the org has not answered it says that it loads', async () => {
  const one = await open({ ...linked(), isHeld: true });
  await one.page.getByText('Loading the state').waitFor({ state: 'attached' });
  assert.deepEqual(await findViolations(one.page), []);
});

test('a record that is not linked says so, and offers nothing', async () => {
  const one = await open({});
  await says(one, 'Not linked to Desk');
  assert.equal(await syncNow(one).count(), 0);
  assert.deepEqual(await findViolations(one.page), []);
});

test('a record that could not be brought to Desk says why, from the log, and what to do', async () => {
  const log = {
    Id: 'a01000000000001AAA',
    Level__c: 'Error',
    Rule__c: 'validation',
    Text__c: 'TOO_LONG: Title',
  };
  const one = await open({ logs: { [RECORD_ID]: log } });
  await says(one, 'It could not be brought to Desk yet');
  await says(one, 'Correct in the record what the reason says');
  assert.match(await text(one), /Failing.*A value is not accepted.*TOO_LONG: Title/s);
  assert.deepEqual(await findViolations(one.page), []);
  const ambiguous = await open({ logs: { [RECORD_ID]: { ...log, Rule__c: 'ambiguous' } } });
  await says(ambiguous, 'Several records match');
  assert.equal(await ambiguous.page.locator('.status').innerText(), 'Ambiguous');
});

test('a record that is not linked, of which the log tells no failure, is not called failing', async () => {
  const one = await open({ logs: { [RECORD_ID]: { Id: 'a01000000000001AAA', Level__c: 'Info' } } });
  await says(one, 'It gets one once it is synced');
  assert.doesNotMatch(await text(one), /Failing/);
});

test('a failure is told by its cause in plain words, with what to do about it', async () => {
  const one = await open(
    linked({ Status__c: 'Failing', Failure_Cause__c: 'Missing Parent', Last_Error__c: 'x' }),
  );
  await says(one, 'Its customer or company is not in step');
  await says(one, 'Mend the customer or the company first');
});

test('a user who may not read links is told why, and whom to ask', async () => {
  const one = await open({ mayNotRead: true, readError: "Field 'Desk_Link__c' is undefined" });
  await says(one, 'You cannot see the sync with Desk');
  assert.match(await text(one), /Ask your administrator/);
  assert.doesNotMatch(await text(one), /undefined/);
  assert.deepEqual(await findViolations(one.page), []);
});

test('an error of the org is shown', async () => {
  const one = await open({ readError: 'Server Error: try later' });
  await says(one, 'could not be read');
  assert.match(await text(one), /try later/);
  assert.deepEqual(await findViolations(one.page), []);
});

test('a user who may only look gets no button, and the reason', async () => {
  const one = await open({ ...linked(), mayNotUpdate: true });
  await says(one, 'but not ask for a sync');
  assert.equal(await syncNow(one).count(), 0);
});

test('Sync Now writes the request, waits for the answer of the bridge, and shows it', async () => {
  const one = await open(linked({ Status__c: 'Failing', Last_Error__c: 'busy' }));
  await syncNow(one).click();
  await says(one, 'Asking for a sync');
  assert.ok(await syncNow(one).isDisabled());
  await one.page.clock.runFor(2_000);
  await says(one, 'Failing');
  await one.changeLink({ Status__c: 'In Step', Last_Error__c: null, Requested_Action__c: null });
  await one.page.clock.runFor(1_500);
  await says(one, 'The sync is done.');
  assert.equal(await one.page.locator('.status').innerText(), 'In step');
  assert.ok(await syncNow(one).isEnabled());
  assert.deepEqual((await one.org()).writes, [{ Requested_Action__c: 'Sync Now' }]);
});

test('a sync that fails is not called done', async () => {
  const one = await open(linked({ Status__c: 'Failing' }));
  await syncNow(one).click();
  await says(one, 'Asking for a sync');
  await one.changeLink({ Requested_Action__c: null });
  await one.page.clock.runFor(1_500);
  await says(one, 'The sync was tried');
});

test('without an answer it stops waiting after 15 seconds, says so, and looks no more', async () => {
  const one = await open(linked());
  await syncNow(one).click();
  await says(one, 'Asking for a sync');
  await one.page.clock.runFor(14_000);
  assert.ok(await syncNow(one).isDisabled());
  await one.page.clock.runFor(1_500);
  await says(one, 'No answer yet');
  assert.ok(await syncNow(one).isEnabled());
  const { looks } = await one.org();
  await one.page.clock.runFor(60_000);
  assert.equal((await one.org()).looks, looks);
});

test('an org that does not answer makes the wait no longer', async () => {
  const one = await open(linked());
  await syncNow(one).click();
  await says(one, 'Asking for a sync');
  await one.change({ isHeld: true });
  await one.page.clock.runFor(15_500);
  await says(one, 'No answer yet');
});

test('a request that nobody answered is asked for again so that the org sees a change', async () => {
  const one = await open(linked({ Requested_Action__c: 'Sync Now' }));
  await syncNow(one).click();
  await says(one, 'Asking for a sync');
  await one.page.waitForFunction(
    () => (globalThis as { org?: { writes?: unknown[] } }).org?.writes?.length === 2,
  );
  assert.deepEqual((await one.org()).writes, [
    { Requested_Action__c: null },
    { Requested_Action__c: 'Sync Now' },
  ]);
});

const button = (one: RecordPage, name: string) => one.page.getByRole('button', { name, exact: true });

test('Unlink is asked for only once it is confirmed, and the answer is shown', async () => {
  const one = await open(linked());
  await button(one, 'Unlink').click();
  await says(one, 'Unlink this record?');
  assert.deepEqual((await one.org()).writes ?? [], [], 'nothing is asked for yet');
  assert.deepEqual(await findViolations(one.page), []);
  await button(one, 'Cancel').click();
  assert.equal(await one.page.getByText('Unlink this record?').count(), 0);
  await button(one, 'Unlink').click();
  await says(one, 'Unlink this record?');
  await one.page.keyboard.press('Enter');
  await says(one, 'Asking Desk Connect');
  assert.deepEqual((await one.org()).writes, [{ Requested_Action__c: 'Unlink' }]);
  await one.changeLink({
    Status__c: 'Unlinked',
    Last_Error__c: 'Unlinked on request.',
    Requested_Action__c: null,
  });
  await one.page.clock.runFor(1_500);
  await says(one, 'The records are unlinked.');
});

test('an unlinked record offers Relink alone, and says when it is linked again', async () => {
  const one = await open(linked({ Status__c: 'Unlinked' }));
  await button(one, 'Relink').waitFor();
  assert.equal(await button(one, 'Unlink').count(), 0);
  assert.equal(await syncNow(one).count(), 0);
  await button(one, 'Relink').click();
  await says(one, 'Asking Desk Connect');
  await one.changeLink({ Status__c: 'In Step', Requested_Action__c: null });
  await one.page.clock.runFor(1_500);
  await says(one, 'The records are linked again.');
});

test('a relink that does not bring the records in step is not called done', async () => {
  const one = await open(linked({ Status__c: 'Unlinked' }));
  await button(one, 'Relink').click();
  await says(one, 'Asking Desk Connect');
  await one.changeLink({ Requested_Action__c: null, Last_Error__c: 'busy' });
  await one.page.clock.runFor(1_500);
  await says(one, 'It was tried and did not work');
});

test('a request that Salesforce refuses is told in its words', async () => {
  const one = await open({ ...linked(), writeError: { message: 'The record is locked.' } });
  await syncNow(one).click();
  await says(one, 'It could not be asked for. The record is locked.');
  assert.ok(await syncNow(one).isEnabled());
});

test('when the page goes on to another record, nothing of the last one stays', async () => {
  const one = await open(linked());
  await syncNow(one).click();
  await says(one, 'Asking for a sync');
  await one.page.evaluate(() => {
    const { host } = globalThis as unknown as { host: { element: { recordId: string } } };
    host.element.recordId = '500000000000002AAA';
  });
  await says(one, 'Not linked to Desk');
  assert.doesNotMatch(await text(one), /Asking|31415/);
  const { looks } = await one.org();
  await one.page.clock.runFor(20_000);
  assert.equal((await one.org()).looks, looks);
  assert.doesNotMatch(await text(one), /No answer/);
});

test('it works with the keyboard alone', async () => {
  const one = await open(linked());
  await syncNow(one).waitFor();
  // The link to the record in Desk comes first.
  await one.page.keyboard.press('Tab');
  await one.page.keyboard.press('Tab');
  await one.page.keyboard.press('Enter');
  await says(one, 'Asking for a sync');
});

test('hostile content does no harm', async () => {
  const markup = '<img src=x onerror="globalThis.harmed=true"><script>globalThis.harmed=true</script>';
  const one = await open(
    linked({
      Status__c: 'Failing',
      Desk_Id__c: markup,
      Desk_Url__c: 'javascript:globalThis.harmed=true',
      Last_Error__c: `\u202e${markup}${'x'.repeat(32_000)}`,
    }),
  );
  await says(one, 'Failing');
  assert.equal(await one.page.locator('main a').count(), 0, 'no link to what is not a web address');
  await one.page.getByText('Whole text').click();
  assert.equal(await one.page.evaluate(() => 'harmed' in globalThis), false);
  for (const width of [280, 420, 1280]) {
    await one.page.setViewportSize({ width, height: 700 });
    assert.equal(
      await one.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
      false,
      `the page does not grow sideways at ${width} px`,
    );
  }
  assert.deepEqual(await findViolations(one.page), []);
});
