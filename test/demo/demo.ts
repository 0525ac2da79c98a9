// Desk Connect on this machine alone: a local Salesforce org, a local Desk or Zendesk, the real sf CLI and the bridge.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DeskKind } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import { startOrg } from '../org/startOrg.ts';
import { startBridgeProcess } from '../support/bridgeProcess.ts';
import { startDeskSide } from '../support/desks/desk.ts';
import type { DeskSide } from '../support/desks/side.ts';
import { startZendeskSide } from '../support/desks/zendesk.ts';
import { createSf } from '../support/sf.ts';
import { waitFor } from '../support/waitFor.ts';
import { clientOf } from '../support/clientOf.ts';

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    desk: { type: 'string', default: 'desk' },
  },
});
type Told = {
  readonly start: () => Promise<{ readonly side: DeskSide }>;
  readonly customer: string;
  readonly case: string;
  readonly resolved: string;
  /** Where its pages are, if it has any here. */
  readonly page: string | null;
};
/** What each is told with, and within the limits that each has in truth. */
const DESKS: Readonly<Record<DeskKind, Told>> = {
  desk: {
    start: () => startDeskSide({ rateLimitPerMinute: 300 }),
    customer: 'customer',
    case: 'case',
    resolved: 'resolved',
    page: '/agent',
  },
  zendesk: {
    start: () => startZendeskSide({ rateLimitPerMinute: 700, limits: {} }),
    customer: 'end user',
    case: 'ticket',
    resolved: 'solved',
    page: null,
  },
};
const isKind = (kind: string): kind is DeskKind => kind in DESKS;

const closing: (() => unknown)[] = [];
let step = 0;

async function say<T>(what: string, work: () => Promise<T>): Promise<T> {
  step += 1;
  process.stdout.write(`${String(step).padStart(2)}. ${what} … `);
  const began = Date.now();
  const result = await work();
  console.log(`done (${((Date.now() - began) / 1_000).toFixed(1)} s)`);
  return result;
}

async function close(): Promise<void> {
  for (const end of closing.toReversed()) await end();
  closing.length = 0;
}

async function demo(): Promise<void> {
  const org = await say('Start a local Salesforce org', () => startOrg());
  closing.push(() => org.close());
  if (!isKind(values.desk)) throw new Error('--desk is desk or zendesk');
  const kind = DESKS[values.desk];
  const { side: desk } = await say(`Start a local ${values.desk === 'desk' ? 'Desk' : 'Zendesk'}`, () =>
    kind.start(),
  );
  closing.push(() => desk.close());
  const sf = createSf();
  closing.push(() => sf.close());
  await say('Log the sf CLI in and link the plugin', async () => {
    await sf.login(org, 'local');
    await sf.linkPlugin();
  });
  await say('sf deskconnect setup', () =>
    sf.ok(['deskconnect', 'setup', '--target-org', 'local', '--no-prompt', '--json']),
  );
  const dataFolder = mkdtempSync(join(tmpdir(), 'deskconnect-demo-'));
  closing.push(() => rmSync(dataFolder, { recursive: true, force: true }));
  const bridge = await say('Start the bridge', async () => {
    // Desk allows 300 requests a minute, Zendesk 700 here: a look every two seconds leaves most of them for the work.
    const started = await startBridgeProcess({
      org,
      desk,
      dataFolder,
      env: { DESKCONNECT_POLL_SECONDS: '2' },
    });
    closing.push(() => started.stop());
    await started.ready();
    return started;
  });

  const { people, held, title } = desk;
  const caseId = await say(`Create a ${kind.case} for a new ${kind.customer} in ${title}`, async () => {
    const companyId = await people.company('Analytical Engines');
    const email = 'ada@engines.test';
    const customerId = await people.customer({ firstName: 'Ada', lastName: 'Byron', email, companyId });
    return people.case({
      customerId,
      subject: 'The engine weaves patterns I did not order',
      status: 'open',
      priority: desk.words.high,
      message: 'Please look.',
    });
  });
  const salesforce = clientOf(org);
  type Row = {
    Id: string;
    CaseNumber: string;
    Status: string;
    Priority: string;
    Contact: { Name: string; Account: { Name: string } };
  };
  const arrived = await say('See it arrive in Salesforce', () =>
    waitFor('the case in Salesforce', async () => {
      const { records } = await salesforce.query<Row>(
        'SELECT Id, CaseNumber, Status, Priority, Contact.Name, Contact.Account.Name FROM Case',
      );
      return records[0];
    }),
  );
  console.log(
    `      Case ${arrived.CaseNumber}: status ${arrived.Status}, priority ${arrived.Priority}, contact ${arrived.Contact.Name}, account ${arrived.Contact.Account.Name}`,
  );
  await say(`Set it to Resolved in Salesforce, and see it ${kind.resolved} in ${title}`, async () => {
    await salesforce.sobject('Case').update({ Id: arrived.Id, Status: 'Resolved', Priority: 'Low' });
    await waitFor(`the change in ${title}`, () => {
      const { status = '', priority = null } = held.cases().find(({ id }) => id === caseId) ?? {};
      return status === kind.resolved && desk.words.priorityInSalesforce(priority) === 'Low';
    });
  });

  console.log(`
It works. Look around:

  ${title.padEnd(11)} ${kind.page === null ? '' : `${desk.url}${kind.page}        `}API ${desk.url}/api/v2 as ${desk.logIn}
  Salesforce  ${org.url}               user ${org.username}
  Bridge      http://127.0.0.1:${bridge.port}/status   and /log

  Use the sf CLI against this org (in another terminal, from this folder):

    SF_ACCESS_TOKEN='${org.accessToken}' npx sf org login access-token --instance-url ${org.url} --no-prompt --alias local
    npx sf data query --target-org local --query "SELECT CaseNumber, Subject, Status FROM Case"
    npx sf data query --target-org local --query "SELECT Name, Desk_Key__c, Status__c FROM Desk_Link__c"
`);
}

try {
  await demo();
  if (!values.once) {
    console.log('Ctrl-C ends it.');
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
  }
} catch (error) {
  console.log('failed');
  console.error(
    `\nThe demo stopped at step ${step}: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
} finally {
  await close();
}
