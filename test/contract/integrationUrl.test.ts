import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DeskHttp } from '@desk-connect/bridge/desk/http.js';
import {
  checkWidgetUrl,
  openingAddress,
  putIntegrationUrl,
} from '@desk-connect/plugin/widget/integrationUrl.js';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';

let desk: LocalDesk;
let http: DeskHttp;

before(async () => {
  desk = await startDesk();
  const auth = { kind: 'basic', email: desk.email, password: desk.password } as const;
  http = new DeskHttp({ url: desk.url, auth });
});
after(() => desk.close());

const addressOf = (secret: string, url: string) =>
  openingAddress({ secret, site: 'https://acme.desk.test' }, new URL(url));
const urls = () => desk.state.tables.integrationUrls;

test('the address leaves the case to Desk, and holds no secret', () => {
  const address = addressOf('a secret of this test', 'https://bridge.acme.test/widget/');
  assert.match(
    address,
    /^https:\/\/bridge\.acme\.test\/widget\/open\?case=\{\{case\.id\}\}&key=[\da-f]{64}$/,
  );
  assert.ok(!address.includes('secret'));
});

test('the integration URL is made once, left alone while it is right, and changed when it is not', async () => {
  // Somebody else's stays as it is, whatever it is called and whatever page of the list it is on.
  await http.write('POST', 'integration_urls', { name: 'Salesforce', markup: 'https://other.test' });
  for (let index = 0; index < 120; index += 1)
    await http.write('POST', 'integration_urls', { name: `Other ${index}`, markup: 'https://other.test' });
  const [first, second] = ['one', 'two'].map((part) => addressOf(`a secret, ${part}`, 'https://acme.test'));
  assert.ok(first !== undefined && second !== undefined);
  const made = await putIntegrationUrl(http, first);
  assert.equal(made.outcome, 'made');
  assert.deepEqual(await putIntegrationUrl(http, first), { ...made, outcome: 'unchanged' });
  assert.deepEqual(await putIntegrationUrl(http, second), { ...made, outcome: 'changed' });
  const ours = urls().filter(({ id }) => String(id) === made.id);
  assert.deepEqual(
    ours.map(({ markup, enabled }) => [markup, enabled]),
    [[second, true]],
  );
  await http.write('PATCH', `integration_urls/${made.id}`, { enabled: false });
  assert.deepEqual(await putIntegrationUrl(http, second), { ...made, outcome: 'changed' });
  assert.equal(urls().length, 122);
});

test('a markup that Desk does not take is told', async () => {
  await assert.rejects(putIntegrationUrl(http, ''), { name: 'DeskRefusedError' });
});

test('a widget is reached by https, or on this machine', () => {
  for (const good of [
    'https://bridge.acme.test/widget',
    'http://127.0.0.1:8379/widget',
    'http://localhost:8379',
  ])
    checkWidgetUrl(new URL(good));
  for (const bad of [
    'http://bridge.acme.test',
    'http://127.0.0.1.acme.test',
    'ftp://127.0.0.1',
    'javascript:1',
  ])
    assert.throws(() => checkWidgetUrl(new URL(bad)), { name: 'WidgetUrlUnsafeError' }, bad);
});
