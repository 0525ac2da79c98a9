import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packaged from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/** Chromium, unpacked into a folder of its own: two runs at once must not share a half-written file. */
export type OpenBrowser = { readonly browser: Browser; readonly close: () => Promise<void> };

/**
 * Unpacks and starts the Chromium of the development dependencies.
 * @throws when this machine cannot run it, and says so
 */
export async function openBrowser(): Promise<OpenBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'deskconnect-browser-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    const executablePath = await packaged.executablePath();
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    return {
      browser,
      close: async () => {
        await browser.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw new Error('No browser: this machine cannot start Chromium, so the components are not proved.', {
      cause: error,
    });
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
}
