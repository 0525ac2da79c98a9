import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findViolations } from './findViolations.ts';
import { RECORD_ID } from './recordPage.ts';
import { linked, says, statusPages, syncNow, text } from './statusPages.ts';

const FIELDS = fileURLToPath(
  new URL('../../force-app/main/default/objects/Desk_Link__c/fields', import.meta.url),
);
const open = statusPages();

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
