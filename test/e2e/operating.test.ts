import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { controlTokenPath } from '@desk-connect/bridge/service/controlToken.js';
import { openingKey } from '@desk-connect/bridge/desk/widgetSignature.js';
import { beginBridgeProcess, type BridgeProcess } from '../support/bridgeProcess.ts';
import { jwtLogin } from '../support/jwtLogin.ts';
import { documentedMetrics, familiesOf } from '../support/metricNames.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

const METRICS = new URL('../../docs/metrics.md', import.meta.url);
const OPERATIONS = new URL('../../docs/operations.md', import.meta.url);
let world: World;
let folder: string;

before(async () => {
  world = await createWorld();
  folder = mkdtempSync(join(tmpdir(), 'operating-'));
});
after(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const MONITOR = { DESKCONNECT_MONITOR_HOST: '127.0.0.1', DESKCONNECT_MONITOR_PORT: '0' };
const portIn = (output: string, name: string) => Number(new RegExp(`"${name}":(\\d+)`).exec(output)?.[1]);

/** The environment of a bridge whose secrets all stand in files: as systemd's credentials and mounted secrets are. */
function secretsInFiles(secrets: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const path = join(folder, 'secrets.env');
  const all = { DESKCONNECT_DESK_PASSWORD: world.desk.password, ...secrets };
  const lines = Object.entries(all).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(path, lines.join(''), { mode: 0o600 });
  return { DESKCONNECT_DESK_PASSWORD: '', DESKCONNECT_SECRETS_FILE: path };
}
const arrives = async (name: string, write: () => Promise<unknown>) => {
  await write();
  await waitFor(`the customer ${name}`, () =>
    world.desk.state.tables.customers.some((one) => one.last_name === name),
  );
};
const newContact = (name: string) =>
  world.salesforce.sobject('Contact').create({ LastName: name, Email: `${name}@operating.test` });

test('other machines are told health and metrics where there is an address for it, and nothing else', async () => {
  const bridge = await world.startBridge({ ...MONITOR, ...secretsInFiles({}) });
  const url = `http://127.0.0.1:${portIn(bridge.output(), 'monitorPort')}`;
  const statusOf = async (path: string) => (await fetch(`${url}${path}`)).status;
  assert.equal(await statusOf('/health/live'), 200);
  assert.equal(await statusOf('/health/ready'), 200);
  for (const path of ['/', '/status', '/log', '/control/config', '/control/pair?record=case:1'])
    assert.equal(await statusOf(path), 404, path);
  const told = familiesOf(await (await fetch(`${url}/metrics`)).text());
  assert.deepEqual(
    told.filter(({ name }) => name.startsWith('deskconnect_')).map(({ name, type }) => `${name} ${type}`),
    documentedMetrics().map(({ name, type }) => `${name} ${type}`),
  );
  const page = readFileSync(METRICS, 'utf8');
  const { parts } = (await (await fetch(`${url}/health/ready`)).json()) as { parts: object };
  for (const part of Object.keys(parts)) assert.ok(page.includes(`\`${part}\``), part);
  assert.ok(!bridge.output().includes(world.desk.password));
  assert.equal(await bridge.stop(), 0);
  const reference = readFileSync(OPERATIONS, 'utf8');
  const lines = bridge.output().trim().split('\n');
  assert.ok(lines.length > 5);
  for (const line of lines)
    for (const field of Object.keys(JSON.parse(line) as object))
      assert.ok(reference.includes(`\`${field}\``), `the log has ${field}: ${line}`);
});

test('a bridge that waits for Salesforce lives and is not ready, and says why', async (t) => {
  world.org.org.faults.add({ action: 'dropBefore', match: { path: /./ }, times: 1_000 });
  t.after(() => world.org.org.faults.clear());
  const begun = beginBridgeProcess({ ...world.targets, env: MONITOR });
  t.after(() => begun.child.kill('SIGKILL'));
  const url = await waitFor('the address', () => {
    const port = portIn(begun.output(), 'monitorPort');
    return port > 0 && `http://127.0.0.1:${port}`;
  });
  await waitFor('the reason', () => /Salesforce cannot be reached/.test(begun.output()));
  assert.equal((await fetch(`${url}/health/live`)).status, 200);
  const ready = await fetch(`${url}/health/ready`);
  assert.equal(ready.status, 503);
  assert.match(await ready.text(), /"salesforce log-in":\{"state":"down"[^}]*Salesforce cannot be reached/);
  assert.match(await (await fetch(`${url}/metrics`)).text(), /part_up\{part="salesforce log-in"\} 0/);
  world.org.org.faults.clear();
  const bridge = await begun.started();
  await bridge.ready();
  assert.equal(await bridge.stop(), 0);
});

test('the key of the app, the shared secrets and the control token are changed with a restart, and nothing is lost', async () => {
  const site = new URL(world.desk.url).origin;
  const old = { hook: 'the hook until today', widget: 'the widget until today' };
  const next = { hook: 'the hook from now on', widget: 'the widget from now on' };
  const start = (secrets: Readonly<Record<string, string>>, login: NodeJS.ProcessEnv) =>
    world.startBridge({
      ...login,
      ...secretsInFiles(secrets),
      DESKCONNECT_HOOK_PORT: '0',
      DESKCONNECT_WIDGET_PORT: '0',
    });
  const calls = async (bridge: BridgeProcess, secret: string) => {
    const authorization = `Basic ${Buffer.from(`desk:${secret}`).toString('base64')}`;
    const url = `http://127.0.0.1:${portIn(bridge.output(), 'hookPort')}/hooks/desk`;
    return (await fetch(url, { method: 'POST', body: '{"case_id": 7}', headers: { authorization } })).status;
  };
  const opens = async (bridge: BridgeProcess, secret: string) => {
    const url = `http://127.0.0.1:${portIn(bridge.output(), 'widgetPort')}/widget/open`;
    const key = openingKey({ secret, site });
    return (await fetch(`${url}?case=7&key=${key}`, { redirect: 'manual' })).status;
  };
  const commands = async (bridge: BridgeProcess, token: string) =>
    (
      await fetch(`http://127.0.0.1:${bridge.port}/control/config`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).status;
  const token = () => readFileSync(controlTokenPath(world.dataFolder), 'utf8').trim();

  const login = jwtLogin(world, folder);
  const first = await start(
    { DESKCONNECT_HOOK_SECRET: old.hook, DESKCONNECT_WIDGET_SECRET: old.widget },
    login,
  );
  assert.deepEqual([await calls(first, old.hook), await opens(first, old.widget)], [202, 303]);
  // The app has a new key, and the bridge goes on with the session that the old one gave it.
  const renewed = jwtLogin(world, folder);
  await arrives('Meanwhile', () => newContact('Meanwhile'));
  const oldToken = token();
  rmSync(controlTokenPath(world.dataFolder));
  assert.equal(await first.stop(), 0);
  const both = {
    DESKCONNECT_HOOK_SECRET: next.hook,
    DESKCONNECT_HOOK_SECRET_PREVIOUS: old.hook,
    DESKCONNECT_WIDGET_SECRET: next.widget,
    DESKCONNECT_WIDGET_SECRET_PREVIOUS: old.widget,
  };
  await newContact('InBetween');
  const second = await start(both, renewed);
  await arrives('InBetween', () => Promise.resolve());
  for (const secret of [old.hook, next.hook]) assert.equal(await calls(second, secret), 202);
  for (const secret of [old.widget, next.widget]) assert.equal(await opens(second, secret), 303);
  assert.deepEqual([await commands(second, oldToken), await commands(second, token())], [401, 200]);
  assert.equal(await second.stop(), 0);
  const third = await start(
    { DESKCONNECT_HOOK_SECRET: next.hook, DESKCONNECT_WIDGET_SECRET: next.widget },
    renewed,
  );
  assert.deepEqual([await calls(third, old.hook), await opens(third, old.widget)], [401, 403]);
  assert.deepEqual([await calls(third, next.hook), await opens(third, next.widget)], [202, 303]);
  assert.equal(await third.stop(), 0);
});
