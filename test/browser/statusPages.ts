import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { buildPage } from './host/buildPage.ts';
import { openBrowser, type OpenBrowser } from './openBrowser.ts';
import { openRecordPage, RECORD_ID, type LinkFields, type PageOrg, type RecordPage } from './recordPage.ts';

/**
 * A browser for the tests of the file that calls it, each with pages of its own.
 * @returns opens a page with deskSyncStatus on it
 */
export function statusPages(): (org: PageOrg) => Promise<RecordPage> {
  let opened: OpenBrowser | undefined;
  let scripts = '';
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
  return async (org) => {
    assert.ok(opened);
    const page = await openRecordPage(opened.browser, scripts, org);
    pages.push(page);
    return page;
  };
}

/** An org in which the record of the page is linked, in step unless told otherwise. */
export const linked = (fields: LinkFields = {}): PageOrg => ({
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
export const syncNow = ({ page }: RecordPage) => page.getByRole('button', { name: 'Sync Now' });
export const text = ({ page }: RecordPage) => page.locator('main').innerText();
export const says = (one: RecordPage, words: string) => one.page.getByText(words).first().waitFor();
