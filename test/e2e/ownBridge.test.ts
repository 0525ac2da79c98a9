import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createSf, type Sf } from '../support/sf.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let sf: Sf;
let configFolder = '';
/** Nothing listens there. */
const NOBODY = 'http://127.0.0.1:9';

before(async () => {
  world = await createWorld();
  sf = createSf();
  await sf.linkPlugin();
  configFolder = join(sf.home, 'desk-connect');
  mkdirSync(configFolder);
  const settings = {
    DESKCONNECT_SALESFORCE_URL: world.org.url,
    DESKCONNECT_SALESFORCE_PUBSUB_URL: world.org.pubsubUrl,
    DESKCONNECT_DESK_URL: world.desk.url,
    DESKCONNECT_DATA: world.dataFolder,
    DESKCONNECT_PORT: '0',
    DESKCONNECT_POLL_SECONDS: '0.5',
  };
  const secrets = {
    DESKCONNECT_SALESFORCE_ACCESS_TOKEN: world.bridgeToken,
    DESKCONNECT_DESK_EMAIL: world.desk.email,
    DESKCONNECT_DESK_PASSWORD: world.desk.password,
  };
  const lines = (values: object) =>
    Object.entries(values)
      .map(([name, value]) => `${name}='${String(value)}'\n`)
      .join('');
  writeFileSync(join(configFolder, 'bridge.env'), lines(settings));
  writeFileSync(join(configFolder, 'secrets.env'), lines(secrets), { mode: 0o600 });
});
after(async () => {
  sf.close();
  await world.close();
});

const at = () => [
  '--config-dir',
  configFolder,
  '--bridge-url',
  NOBODY,
  '--data-dir',
  world.dataFolder,
  '--json',
];
const run = async (command: string, ...args: string[]) => {
  const answer = await sf.run(['deskconnect', command, ...at(), ...args]);
  return { code: answer.code, json: answer.json() };
};

test('where no bridge runs, a command brings the record in step on its own, and looks for nothing else', async () => {
  const named = await world.salesforce.sobject('Contact').create({ LastName: 'Named', Email: 'n@own.test' });
  await world.salesforce.sobject('Contact').create({ LastName: 'Other', Email: 'o@own.test' });
  assert.equal((await run('sync', '-r', named.id ?? '')).code, 0);
  assert.deepEqual(
    world.desk.state.tables.customers.map(({ last_name }) => last_name),
    ['Named'],
  );
  const { json } = await run('explain', '-r', named.id ?? '');
  assert.equal((json.result as { explanation: { rule: string } }).explanation.rule, 'equal');
});

test('a full sync goes to its end on its own as well', async () => {
  const { json } = await run('sync', '--all');
  assert.equal((json.result as { done: boolean }).done, true);
  assert.equal(world.desk.state.tables.customers.length, 2);
});

test('while a bridge has the store open, no second one works on it', async () => {
  const bridge = await world.startBridge();
  const { code, json } = await run('status');
  assert.equal(code, 1);
  assert.match(json.message ?? '', /is in use by another bridge/);
  await bridge.stop();
});

test('without files and without a bridge, the error says what to do', async () => {
  const answer = await sf.run([
    'deskconnect',
    'status',
    '--bridge-url',
    NOBODY,
    '--config-dir',
    sf.home,
    '--json',
  ]);
  assert.match(answer.json().message ?? '', /No bridge answers/);
});

test('"sf deskconnect bridge backup" copies the store, once', async () => {
  const file = join(sf.home, 'copy.sqlite');
  const copy = () =>
    sf.run(['deskconnect', 'bridge', 'backup', '--data-dir', world.dataFolder, '-f', file, '--json']);
  assert.deepEqual((await copy()).json().result, { dataDir: world.dataFolder, file });
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const again = (await copy()).json();
  assert.match(again.message ?? '', /that file exists already/);
  assert.match(again.actions?.join() ?? '', /a file that is not there yet/);
});

test('"sf deskconnect bridge" runs it in the foreground, and ends in good order when it is told to', async () => {
  const child = sf.start(['deskconnect', 'bridge', '--config-dir', configFolder]);
  await waitFor('the bridge to run', () =>
    /"msg":"stream \/data\/DeskConnect__chn is up"/.test(child.output()),
  );
  await world.salesforce.sobject('Contact').create({ LastName: 'Live', Email: 'live@own.test' });
  await waitFor('the customer', () =>
    world.desk.state.tables.customers.some(({ last_name }) => last_name === 'Live'),
  );
  assert.equal(await child.stop(), 0, child.output());
  assert.match(child.output(), /the bridge has stopped/);
});
