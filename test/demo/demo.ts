// Desk Connect on this machine alone: a local Salesforce org, a local Desk, the real sf CLI and the bridge.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDesk } from '../desk/startDesk.ts';
import { startOrg } from '../org/startOrg.ts';
import { startBridgeProcess } from '../support/bridgeProcess.ts';
import { createSf } from '../support/sf.ts';
import { waitFor } from '../support/waitFor.ts';
import { clientOf } from '../support/clientOf.ts';

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
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
  const desk = await say('Start a local Desk', () => startDesk());
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
    // Desk allows 300 requests a minute: a look every two seconds leaves most of them for the work.
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

  const authorization = `Basic ${Buffer.from(`${desk.email}:${desk.password}`).toString('base64')}`;
  const agent = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${desk.url}/api/v2/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`Desk answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const made = await say('Create a case for a new customer in Desk', async () => {
    const company = await agent('POST', 'companies', { name: 'Analytical Engines' });
    const customer = await agent('POST', 'customers', {
      first_name: 'Ada',
      last_name: 'Byron',
      emails: [{ type: 'work', value: 'ada@engines.test' }],
      _links: { company: { href: `/api/v2/companies/${String(company['id'])}`, class: 'company' } },
    });
    return agent('POST', 'cases', {
      type: 'email',
      subject: 'The engine weaves patterns I did not order',
      status: 'open',
      priority: 9,
      message: {
        direction: 'in',
        status: 'received',
        from: 'ada@engines.test',
        to: 'support@desk.test',
        subject: 'Patterns',
        body: 'Please look.',
      },
      _links: { customer: { href: `/api/v2/customers/${String(customer['id'])}`, class: 'customer' } },
    });
  });
  const deskCase = `cases/${String(made['id'])}`;
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
  await say('Set it to Resolved in Salesforce, and see that in Desk', async () => {
    await salesforce.sobject('Case').update({ Id: arrived.Id, Status: 'Resolved', Priority: 'Low' });
    await waitFor('the change in Desk', async () => {
      const shown = await agent('GET', deskCase);
      return shown['status'] === 'resolved' && shown['priority'] === 2;
    });
  });

  console.log(`
It works. Look around:

  Desk        ${desk.url}/agent        API ${desk.url}/api/v2 as ${desk.email} / ${desk.password}
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
