import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page, one line each. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  // Axe waits by timers, and time stands still on the page.
  await page.clock.resume();
  const { violations, passes } = await page.evaluate((runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (options: { runOnly: string[] }) => Promise<AxeResults> };
    };
    return axe.run({ runOnly });
  }, RULES);
  if (passes.length === 0) throw new Error('Axe found nothing to look at');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
