import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { schemaPath } from '../../scripts/reference/referenceFiles.ts';
import { ourCommands, shownExamples, type ShownExample } from '../support/ourCommands.ts';
import { createSf, type Sf } from '../support/sf.ts';
import { shellWords } from '../support/shellWords.ts';
import { waitFor } from '../support/waitFor.ts';
import { startZendesk, type LocalZendesk } from '../zendesk/startZendesk.ts';
import { startCommands, type CommandProcess } from './commandProcess.ts';
import { createExampleWorld, type ExampleWorld } from './exampleWorld.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ajv = new Ajv({ strict: false });
/** Nothing listens there. */
const NOBODY = 'http://127.0.0.1:9';

let world: ExampleWorld;
let zendesk: LocalZendesk;
let sf: Sf;
let env: NodeJS.ProcessEnv;
let examples: ShownExample[];
let takesBridge: Set<string>;
let commands: CommandProcess;
let bridge: CommandProcess | null = null;
let bridgeUrl = NOBODY;
/** What stands in an example, and what it is in this world. */
const here = new Map<string, string>();
let twins: { contact: string; customer: string };
const done = new Set<ShownExample>();

before(async () => {
  world = await createExampleWorld();
  zendesk = await startZendesk();
  sf = createSf();
  await sf.login(world.org, 'prod');
  env = {
    ...sf.env,
    DESKCONNECT_DESK_EMAIL: world.desk.email,
    DESKCONNECT_DESK_PASSWORD: world.desk.password,
    DESKCONNECT_ZENDESK_EMAIL: zendesk.adminEmail,
    DESKCONNECT_ZENDESK_TOKEN: zendesk.apiTokens[0] ?? '',
    DESKCONNECT_SALESFORCE_PUBSUB_URL: world.org.pubsubUrl,
    DESKCONNECT_PORT: '0',
    DESKCONNECT_POLL_SECONDS: '0.5',
    DESKCONNECT_WIDGET_SECRET: 'a widget secret of the examples',
    DESKCONNECT_WIDGET_PORT: '0',
  };
  examples = await shownExamples();
  const all = await ourCommands();
  takesBridge = new Set(all.filter(({ flags }) => 'bridge-url' in flags).map(({ id }) => id));
  commands = await startCommands(sf.home, env);
  here.set('https://acme.desk.com', world.desk.url);
  here.set('https://acme.zendesk.com', zendesk.url);
  here.set('/etc/desk-connect', join(sf.home, 'desk-connect'));
  here.set('/var/backups/desk-connect.sqlite', join(sf.home, 'backup.sqlite'));
});
after(async () => {
  await bridge?.close();
  await commands.close();
  sf.close();
  await zendesk.close();
  await world.close();
});

/** A line of an example as it is typed here. */
function typed(id: string, line: string): string[] {
  const words = shellWords(line).slice(1 + id.split(':').length);
  return words.map((word) => here.get(word) ?? word);
}

/** Runs one line. The result must be what its schema says. */
async function runLine(id: string, line: string): Promise<unknown> {
  const argv = typed(id, line);
  if (takesBridge.has(id)) argv.push('--bridge-url', bridgeUrl);
  const before_ = commands.output().length;
  const { code, result } = await commands.run({ id, argv });
  assert.equal(code, 0, `${line}\n${commands.output().slice(before_)}`);
  const validate = ajv.compile(JSON.parse(readFileSync(join(ROOT, schemaPath(id)), 'utf8')) as object);
  assert.ok(validate(result), `${line}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(result)}`);
  return result;
}

/** Runs the examples of a command, all of them or the one at that place. */
async function run(command: string, at?: number): Promise<unknown> {
  const id = `deskconnect:${command.replaceAll(' ', ':')}`;
  const all = examples.filter((one) => one.id === id);
  let result: unknown = null;
  for (const example of at === undefined ? all : all.slice(at, at + 1)) {
    for (const line of example.lines) result = await runLine(id, line);
    done.add(example);
  }
  return result;
}

/** A customer whose e-mail address two contacts have; the bridge does not guess which of them is meant. */
async function createTwins(): Promise<{ contact: string; customer: string }> {
  const email = 'twins@local.test';
  const contact = await world.create('Contact', { LastName: 'First', Email: email });
  await world.create('Contact', { LastName: 'Second', Email: email });
  const emails = [{ type: 'work', value: email }];
  const { id } = await world.agent('POST', 'customers', { last_name: 'Twin', emails });
  return { contact, customer: `customer:${id}` };
}

const rest = () =>
  waitFor('the pairs to rest', async () => {
    const status = (await (await fetch(`${bridgeUrl}/status`)).json()) as { pairs: Record<string, number> };
    return status.pairs['waiting'] === 0;
  });

test('setup: a dry run, a plan that is kept and carried out, and a second run with nothing to do', async () => {
  await run('setup', 0);
  await run('setup', 3);
  await run('setup', 1);
  await run('setup', 2);
});

test('connect: with Zendesk, with a new user, and with an app that is there', async () => {
  await run('connect', 2);
  const { clientId } = (await run('connect', 0)) as { clientId: string };
  cpSync(join(sf.home, 'desk-connect/salesforce.key'), join(sf.home, 'bridge.key'));
  here.set('3MVG9...', clientId);
  await run('connect', 1);
  world.grantFields('bridge@acme.example');
  twins = await createTwins();
});

test('doctor finds nothing wrong then', async () => {
  await run('doctor');
});

test('bridge: runs with the files of connect until it is told to end', async () => {
  const all = examples.filter(({ id }) => id === 'deskconnect:bridge');
  for (const example of all.toReversed()) {
    await bridge?.close();
    const started = await startCommands(sf.home, env);
    bridge = started;
    const [line = ''] = example.lines;
    const ended = started.run({ id: example.id, argv: typed(example.id, line) });
    const port = await waitFor(`the bridge to listen`, () => /"port":(\d+),/.exec(started.output())?.[1]);
    bridgeUrl = `http://127.0.0.1:${port}`;
    await waitFor('the bridge to be ready', async () => (await fetch(`${bridgeUrl}/health/ready`)).ok);
    done.add(example);
    if (example === all[0]) continue;
    started.interrupt();
    assert.deepEqual(await ended, { code: 0, result: { stopped: true } });
  }
});

test('a case of Desk arrives, and the commands tell of it, sync it, unlink it and relink it', async () => {
  await run('test case');
  await rest();
  const contact = await world.create('Contact', { LastName: 'Example', Email: 'example@local.test' });
  const caseId = await world.create('Case', {
    Subject: 'Of the examples',
    ContactId: contact,
    Priority: 'High',
  });
  const deskCase = await waitFor('the case in Desk', () =>
    world.desk.state.tables.cases.find(({ subject }) => subject === 'Of the examples'),
  );
  await rest();
  here.set('5005g00000ABCDEAA4', caseId);
  here.set('0035g00000ABCDEAA4', contact);
  here.set('case:123', `case:${deskCase.id}`);
  for (const command of [
    'status',
    'log',
    'history',
    'explain',
    'sync',
    'unlink',
    'relink',
    'retry',
    'verify',
  ]) {
    await rest();
    await run(command);
  }
});

test('link: ties two records that nobody could guess', async () => {
  here.set('0035g00000ABCDEAA4', twins.contact);
  here.set('customer:123', twins.customer);
  await run('link');
  await rest();
});

test('mappings, values and rules: shown, set, exported, checked, imported and removed', async () => {
  for (const command of ['mapping fields', 'mapping set', 'values set', 'values list', 'mapping list'])
    await run(command);
  await run('config check', 0);
  assert.ok(existsSync(join(sf.home, 'describe.json')));
  await run('config export');
  for (const command of ['rule set', 'rule list', 'config import', 'mapping delete']) await run(command);
  await run('config check', 1);
});

test('the switch, the widget, a backup, and the way out', async () => {
  await run('bridge backup');
  for (const command of ['disable', 'enable', 'widget']) await run(command);
  bridge?.interrupt();
  await run('teardown');
});

test('every example was run', () => {
  assert.deepEqual(
    examples.filter((one) => !done.has(one)).flatMap(({ lines }) => lines),
    [],
  );
});
