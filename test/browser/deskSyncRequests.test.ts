import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findViolations } from './findViolations.ts';
import type { RecordPage } from './recordPage.ts';
import { linked, says, statusPages, syncNow, text } from './statusPages.ts';

const open = statusPages();

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
