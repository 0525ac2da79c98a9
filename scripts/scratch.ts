// A scratch org to develop in: makes it, deploys, assigns and opens it. With --target-org, the same in an org that
// is there. Needs a Dev Hub that the CLI is logged in to (sf org login web --set-default-dev-hub).
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    alias: { type: 'string', default: 'desk-connect' },
    days: { type: 'string', default: '7' },
    'target-org': { type: 'string' },
    'no-open': { type: 'boolean', default: false },
  },
});
const org = values['target-org'] ?? values.alias;

function sf(...args: string[]): void {
  console.log(`\n$ sf ${args.join(' ')}`);
  const { status } = spawnSync('sf', args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (values['target-org'] === undefined)
  sf(
    ...['org', 'create', 'scratch', '--definition-file', 'config/project-scratch-def.json', '--set-default'],
    ...['--alias', org, '--duration-days', values.days, '--wait', '15'],
  );
sf('plugins', 'link', 'plugin', '--no-install');
sf('deskconnect', 'setup', '--target-org', org, '--place-components', '--no-prompt');
sf('org', 'assign', 'permset', '--target-org', org, '--name', 'Desk_Connect_Admin');
sf('deskconnect', 'doctor', '--target-org', org);
if (!values['no-open']) sf('org', 'open', '--target-org', org, '--path', 'lightning/app/c__Desk_Connect');
console.log(`
Ready. Next, from this folder:

  DESKCONNECT_ORG=${org} npm run test:org    the end-to-end tests that need no look inside, against this org
  sf org delete scratch --target-org ${org}`);
