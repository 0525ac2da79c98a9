import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfig } from '@desk-connect/bridge/service/config.js';
import { createSf, type Sf } from '../support/sf.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { startZendesk } from '../zendesk/startZendesk.ts';

const SECRET = 'a widget secret of this test';
let world: World;
let sf: Sf;
let widgetUrl: string;
let env: Record<string, string>;
let sections: string;

type Result = { markup: string; id: string | null; outcome: string };
const widget = (more: readonly string[] = [], own: Record<string, string> = {}, url = widgetUrl) =>
  sf.run(['deskconnect', 'widget', '--widget-url', url, '--json', ...more], {
    env: { ...env, ...own },
  });
const urls = () => world.desk.state.tables.integrationUrls;

before(async () => {
  world = await createWorld();
  sf = createSf();
  await sf.linkPlugin();
  sections = join(sf.home, 'sections.yaml');
  writeFileSync(
    sections,
    'version: 1\nsections:\n  - { title: Cases of the contact, object: Case, of: contact, fields: [CaseNumber, Subject] }\n',
  );
  const bridge = await world.startBridge({
    DESKCONNECT_WIDGET_SECRET: SECRET,
    DESKCONNECT_WIDGET_PORT: '0',
    DESKCONNECT_WIDGET_SECTIONS: sections,
  });
  widgetUrl = `http://127.0.0.1:${/"widgetPort":(\d+)/.exec(bridge.output())?.[1]}/widget`;
  env = {
    DESKCONNECT_SALESFORCE_URL: world.org.url,
    DESKCONNECT_SALESFORCE_ACCESS_TOKEN: world.bridgeToken,
    DESKCONNECT_DESK_URL: world.desk.url,
    DESKCONNECT_DESK_EMAIL: world.desk.email,
    DESKCONNECT_DESK_PASSWORD: world.desk.password,
    DESKCONNECT_WIDGET_SECRET: SECRET,
  };
});
after(async () => {
  sf.close();
  await world.close();
});

test('an agent gets from a case in Desk to its records in Salesforce by what the command made', async () => {
  const made = (await widget(['--create', '--no-prompt'])).json().result as Result;
  assert.equal(made.outcome, 'made');
  assert.deepEqual(
    urls().map(({ id, name, markup, enabled }) => ({ id: String(id), name, markup, enabled })),
    [{ id: made.id, name: 'Salesforce', markup: made.markup, enabled: true }],
  );
  const customer = await world.agent<{ id: number }>('POST', 'customers', { last_name: 'Byron' });
  const { id } = await world.agent<{ id: number }>('POST', 'cases', {
    type: 'email',
    subject: 'Patterns',
    message: { direction: 'in', status: 'received', subject: 'S', body: 'B' },
    _links: { customer: { href: `/api/v2/customers/${customer.id}`, class: 'customer' } },
  });
  const beside = await (await fetch(`${world.desk.url}/agent?case=${id}`)).text();
  const href = /<a href="([^"]*\/widget\/open[^"]*)"/.exec(beside)?.[1]?.replaceAll('&#38;', '&') ?? '';
  await waitFor('the case in Salesforce', async () => {
    const page = await fetch(href);
    assert.equal(page.status, 200);
    return /Cases of the contact[\s\S]*Patterns/.test(await page.text());
  });
});

test('a bridge that has no secret for it serves no widget, and the command says what to do', async () => {
  const { code, ...answer } = await widget([], { DESKCONNECT_WIDGET_SECRET: '' });
  assert.equal(code, 1);
  assert.equal(answer.json().name, 'WidgetNotServedError');
});

test('sections that cannot be read keep the bridge from starting, and it says where', () => {
  const read = (path: string) => () => readConfig({ ...env, DESKCONNECT_WIDGET_SECTIONS: path });
  assert.throws(read(`${sections}.none`), /DESKCONNECT_WIDGET_SECTIONS: .*no such file/);
  const wrong = join(sf.home, 'wrong.yaml');
  writeFileSync(
    wrong,
    'version: 1\nsections:\n  - { title: A, object: Task, of: nobody, fields: [Subject] }\n',
  );
  assert.throws(read(wrong), /wrong\.yaml: sections\.0\.of: must be contact, account or case/);
});

test('where the desk is Zendesk, the command writes the app of the widget, or installs it', async () => {
  const zendesk = await startZendesk();
  try {
    const own = {
      DESKCONNECT_DESK: 'zendesk',
      DESKCONNECT_DESK_URL: zendesk.url,
      DESKCONNECT_ZENDESK_EMAIL: zendesk.adminEmail,
      DESKCONNECT_ZENDESK_TOKEN: zendesk.apiTokens[0] ?? '',
    };
    const folder = ['--config-dir', join(sf.home, 'zendesk')];
    const url = 'https://bridge.test/widget';
    const run = async (more: readonly string[]) =>
      (await widget([...folder, ...more], own, url)).json().result as Result & { file: string };
    const printed = await run([]);
    assert.deepEqual([printed.outcome, printed.markup], ['printed', `${url}/zendesk`]);
    assert.ok(existsSync(printed.file));
    const made = await run(['--create', '--no-prompt']);
    const [installation] = zendesk.state.tables.installations;
    assert.deepEqual([made.outcome, made.id], ['made', String(installation?.id)]);
  } finally {
    await zendesk.close();
  }
});
