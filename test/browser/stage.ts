import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { assign } from '../support/preparedOrg.ts';
import type { LocalOrg } from '../org/startOrg.ts';
import { findViolations } from './findViolations.ts';
import { startHost, type HostPage, type PageOptions } from './host/openPage.ts';
import { openBrowser } from './openBrowser.ts';

/** A page that does not come in this time does not come. */
const PATIENCE_MS = 15_000;

export type Shown = HostPage & {
  /** Resolves when the words stand on the page. */
  says(words: string | RegExp): Promise<void>;
  text(): Promise<string>;
  button(name: string | RegExp): ReturnType<Page['getByRole']>;
  /** Asks axe, and looks whether the page grew sideways. */
  assertFitForAll(): Promise<void>;
  assertWithinWidth(): Promise<void>;
};

export type Stage = {
  /** The session of a user who has these permission sets and what every user has. */
  user(name: string, ...permissionSets: string[]): string;
  show(options: PageOptions): Promise<Shown>;
  /** Closes the pages of a test; fails where one logged an error or a warning. */
  clear(): Promise<void>;
  close(): Promise<void>;
};

/** A browser in front of a local org, and users to look through it. */
export async function openStage(local: LocalOrg): Promise<Stage> {
  const host = await startHost(local);
  const opened = await openBrowser();
  const pages: HostPage[] = [];
  return {
    user: (name, ...permissionSets) => {
      const username = `${name}@local.test`;
      const token = local.addUser(username, 'Standard User');
      for (const one of permissionSets) assign(local.org, one, local.org.userId(username));
      return token;
    },
    show: async (options) => {
      const one = await host.open(opened.browser, options);
      pages.push(one);
      const { page } = one;
      const assertWithinWidth = async () =>
        assert.equal(
          await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
          false,
          'the page does not grow sideways',
        );
      page.setDefaultTimeout(PATIENCE_MS);
      return {
        ...one,
        says: (words) => page.getByText(words).first().waitFor(),
        text: () => page.locator('main').innerText(),
        button: (name) => page.getByRole('button', { name, exact: true }),
        assertWithinWidth,
        assertFitForAll: async () => {
          assert.deepEqual(await findViolations(page), []);
          await assertWithinWidth();
        },
      };
    },
    clear: async () => {
      const done = pages.splice(0);
      await Promise.all(done.map((one) => one.close()));
      assert.deepEqual(
        done.flatMap((one) => one.problems),
        [],
      );
    },
    close: async () => {
      await opened.close();
      await host.close();
    },
  };
}
