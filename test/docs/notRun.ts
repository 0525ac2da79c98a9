import type { ShellCommand } from './shellBlocks.ts';

/** Commands of the pages that `test:guides` does not run, and why. */
export const NOT_RUN: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /^sf org login /,
    reason: 'it opens a browser; the run logs in to the local org by its session',
  },
  {
    pattern: /^sf package /,
    reason: 'it needs a Dev Hub; test/package/unlockedPackage.test.ts puts what a package holds into an org',
  },
  { pattern: /^sf plugins /, reason: 'the run links the plugin before it begins' },
  { pattern: /^npm run build$/, reason: 'the script has built it' },
  { pattern: /^npm run (?:pack|scratch)/, reason: 'test:package and a Dev Hub are for it' },
  { pattern: /^npm run demo$/, reason: 'it is the same world as that of the run, and a test of its own' },
  {
    pattern: /^(?:sudo|docker|npm pack|npm install|chmod|openssl) /,
    reason:
      'it changes the machine: test/docs/deploy.test.ts and test/e2e/packages.test.ts try what it names',
  },
  { pattern: /^echo "DESKCONNECT_STORE=/, reason: 'the run has no PostgreSQL' },
  {
    pattern: /^(?:set -a|desk-connect-bridge$)/,
    reason: 'the run starts the bridge by "sf deskconnect bridge"',
  },
  {
    pattern: /^sf deskconnect .*--desk zendesk/,
    reason: 'the run is one with Desk; test/e2e/connectZendesk.test.ts connects with a local Zendesk',
  },
  { pattern: /^npm test$/, reason: 'it is the test' },
];

/** Why a command is not run, or null where it is. */
export function reasonNotToRun({ text }: ShellCommand): string | null {
  return NOT_RUN.find(({ pattern }) => pattern.test(text))?.reason ?? null;
}
