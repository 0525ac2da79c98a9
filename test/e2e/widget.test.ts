import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signCase } from '@desk-connect/bridge/desk/widgetSignature.js';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import { linkedCase, newCase } from '../support/linkedCase.ts';
import {
  display,
  letReadForWidget,
  startWidget,
  type Widget,
  type WidgetSettings,
} from '../support/startWidget.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let bridge: BridgeInProcess;
let widget: Widget;
let deskCase: number;
let caseId: string;
let accountId: string;
let contactId: string;
const widgets: Widget[] = [];

async function start(settings?: WidgetSettings): Promise<Widget> {
  const started = await startWidget(world, bridge, settings);
  widgets.push(started);
  return started;
}
const get = async (url: string) => {
  const response = await fetch(url);
  return {
    status: response.status,
    headers: response.headers,
    url: response.url,
    text: await response.text(),
  };
};
const show = (of: Widget, id: number | string) => get(of.opening(id));
before(async () => {
  world = await createWorld();
  await letReadForWidget(world, ['Account.Website', 'Account.Industry']);
  bridge = await startBridgeInProcess(world);
  ({ deskCase, caseId, contactId, accountId } = await linkedCase(world, bridge, {
    company: 'Analytical Engines',
    customer: {
      first_name: 'Ada',
      last_name: 'Byron',
      title: 'Countess',
      emails: [{ type: 'work', value: 'ada@engines.test' }],
    },
    subject: 'Patterns',
  }));
  await world.salesforce
    .sobject('Account')
    .update({ Id: accountId, Website: 'engines.test', Industry: 'Banking' });
  for (const [Name, StageName, CloseDate, Amount] of [
    ['Second engine', 'Prospecting', '2027-03-01', 1_234.5],
    ['First engine', 'Closed Won', '2026-01-01', 99],
  ] as const)
    await world.salesforce
      .sobject('Opportunity')
      .create({ Name, StageName, CloseDate, Amount, AccountId: accountId });
  await waitFor(
    'rest',
    async () => (await bridge.store.find('case', 'desk', String(deskCase)))?.pair.state === 'inStep',
  );
  widget = await start();
});
after(async () => {
  for (const one of widgets) await one.close();
  await bridge.stop();
  await world.close();
});

/** What is read as text, without the tags. */
const words = (page: string) => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const hrefs = (page: string) => [...page.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href);
const recordUrl = (object: string, id: string) => `${world.org.url}/lightning/r/${object}/${id}/view`;
/** Nothing of a record is on a page that refuses. */
const tellsNothing = ({ text }: { text: string }) =>
  assert.doesNotMatch(text, /Byron|ada@|Engine|lightning|Patterns|0000000/);

test('a case of Desk shows its contact, its account and their open opportunities, with links to Salesforce', async () => {
  const { status, text } = await show(widget, deskCase);
  assert.equal(status, 200);
  const shown = words(text);
  for (const found of [
    /Contact Ada Byron .* Title Countess Email ada@engines\.test/,
    /Account Analytical Engines .* Website engines\.test .* Industry Banking/,
    /Case 0+\d+ .* Status New Priority/,
    /Open opportunities Second engine .* Amount 1,234\.50 .* Prospecting .* Mar 1, 2027/,
  ])
    assert.match(shown, found);
  assert.doesNotMatch(shown, /First engine/);
  const links = hrefs(text);
  for (const href of [
    recordUrl('Contact', contactId),
    recordUrl('Account', accountId),
    recordUrl('Case', caseId),
    'mailto:ada@engines.test',
    'https://engines.test/',
  ])
    assert.ok(links.includes(href), href);
});

test('a page costs one call to Salesforce and none to Desk, and again none for some seconds', async () => {
  let at = Date.now();
  const own = await start({ now: () => at });
  await show(own, deskCase);
  at += 11_000;
  own.asked.length = 0;
  await show(own, deskCase);
  await show(own, deskCase);
  assert.deepEqual(own.asked, ['look']);
});

test('opening leads to a link that is signed for the case, and both are kept by nobody', async () => {
  const opened = await fetch(widget.opening(deskCase), { redirect: 'manual' });
  assert.equal(opened.status, 303);
  assert.match(
    opened.headers.get('location') ?? '',
    new RegExp(`^case/${deskCase}\\?expires=\\d+&signature=`),
  );
  const page = await show(widget, deskCase);
  for (const { headers } of [opened, page]) {
    const policy = headers.get('content-security-policy')?.split('; ');
    for (const part of [
      "default-src 'none'",
      "style-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${new URL(world.desk.url).origin}`,
    ])
      assert.ok(policy?.includes(part), part);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  }
  const style = await get(`${widget.url}/widget/style.css`);
  assert.match(style.headers.get('content-type') ?? '', /^text\/css/);
});

test('a forged, foreign or expired link shows no record, says why, and asks nobody', async () => {
  const page = await show(widget, deskCase);
  const signed = new URL(page.url);
  const other = String(deskCase + 1);
  const foreign = signCase({ ...widget.key, site: 'https://other.desk.test' }, String(deskCase), Date.now());
  widget.asked.length = 0;
  const refused = [
    `${widget.url}/widget/case/${deskCase}`,
    page.url.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    `${widget.url}/widget/case/${other}${signed.search}`,
    `${widget.url}/widget/case/${deskCase}?${foreign}`,
    page.url.replace(/expires=(\d+)/, (_, at: string) => `expires=${Number(at) + 600}`),
    `${page.url}&signature=${signed.searchParams.get('signature')}`,
    `${widget.url}/widget/open?case=${deskCase}`,
    `${widget.url}/widget/open?case=${deskCase}&key=${signed.searchParams.get('signature')}`,
    `${widget.url}/widget/open?case=${deskCase}&key=${widget.key.secret}`,
    widget.opening('1%20OR%201'),
    widget.opening('../../etc'),
  ];
  for (const url of refused) {
    const answer = await get(url);
    assert.equal(answer.status, 403, url);
    assert.match(words(answer.text), /This link is not valid .* Open the case in Desk/);
    tellsNothing(answer);
  }
  const late = await start({ now: () => Date.now() - 11 * 60_000 });
  const old = await fetch(late.opening(deskCase), { redirect: 'manual' });
  const expired = await get(new URL(old.headers.get('location') ?? '', `${widget.url}/widget/open`).href);
  assert.equal(expired.status, 403);
  assert.match(words(expired.text), /expired .* Reload the case in Desk/);
  tellsNothing(expired);
  assert.deepEqual(widget.asked, []);
});

test('nothing can be written, and there are no other pages', async () => {
  const { url } = await show(widget, deskCase);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    assert.equal((await fetch(url, { method, body: 'x' })).status, 404);
  for (const path of ['/', '/status', '/control/pair', '/widget/', '/hooks/desk'])
    assert.equal((await get(`${widget.url}${path}`)).status, 404, path);
  for (const path of [
    '/widget/case/%zz',
    '/widget/case/%00',
    '/widget/../x',
    `/widget/case/${'1'.repeat(5_000)}`,
  ]) {
    const { status, headers } = await get(`${widget.url}${path}`);
    assert.ok(status >= 400 && status < 500, path);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/, path);
  }
  assert.ok(!widget.logged.some((line) => line.includes('failed')));
});

test('an admin chooses the fields, and what the bridge may not see is left out and told once', async () => {
  const own = await start({
    mappings: [
      display('customer', 'OwnerId'),
      display('customer', 'Birthdate'),
      display('company', 'Industry'),
    ],
    sections: [
      {
        title: 'Leads',
        object: 'Lead',
        of: 'contact',
        by: null,
        condition: null,
        orderBy: null,
        fields: ['LastName'],
        limit: 3,
      },
    ],
  });
  const first = words((await show(own, deskCase)).text);
  assert.match(
    first,
    /Contact Ada Byron .* Owner .*Account Analytical Engines \S* ?\(opens in a new tab\) Industry Banking/,
  );
  assert.doesNotMatch(first, /Countess|ada@|Website/);
  assert.match(first, /Leads The user of the bridge may not read Lead in Salesforce/);
  await show(own, deskCase);
  const told = own.logged.filter((line) => line.includes('leaves out'));
  assert.deepEqual(
    told.map((line) => (JSON.parse(line) as { field: string }).field),
    ['Contact.Birthdate', 'Lead.*'],
  );
});

test('a case that is not linked shows what is known of its customer', async () => {
  const { records } = await world.salesforce.query<{ Id: string }>(
    "SELECT Id FROM Desk_Link__c WHERE Pair__c = 'case'",
  );
  const link = records[0]?.Id ?? '';
  await world.salesforce.sobject('Desk_Link__c').update({ Id: link, Requested_Action__c: 'Unlink' });
  await waitFor(
    'the unlink',
    async () => (await bridge.store.find('case', 'desk', String(deskCase)))?.pair.state === 'unlinked',
  );
  const own = await start();
  const shown = words((await show(own, deskCase)).text);
  assert.match(shown, /Contact Ada Byron .* Open opportunities Second engine/);
  assert.doesNotMatch(shown, /Status/);
});

test('a Salesforce that does not answer, refuses, or has few calls left is told, and nothing else', async () => {
  const { faults } = world.org.org;
  const composite = { method: 'POST', path: /\/composite$/ };
  const spent = new Proxy(bridge.engine.org, {
    get: (target, name) =>
      name === 'usage' ? () => ({ used: 90, max: 100 }) : (Reflect.get(target, name) as unknown),
  });
  const refusal = { errorCode: 'API_DISABLED_FOR_ORG', message: 'The REST API is not enabled' };
  for (const [title, fault, org] of [
    ['Salesforce does not answer', { match: composite, action: 'dropBefore' }, bridge.engine.org],
    [
      'Salesforce does not let the bridge read',
      { match: composite, action: 'status', status: 403, body: [refusal] },
      bridge.engine.org,
    ],
    ['Not now', null, spent],
  ] as const) {
    if (fault) faults.add(fault);
    const own = await startWidget(world, { ...bridge, engine: { ...bridge.engine, org } });
    widgets.push(own);
    const answer = await show(own, deskCase);
    assert.equal(answer.status, 503);
    assert.ok(words(answer.text).includes(title), title);
    tellsNothing(answer);
  }
});

test('a case without a record in Salesforce, one that Desk has not, and a sync that is off are told', async () => {
  const { id } = await world.agent<{ id: number }>('POST', 'customers', { last_name: 'New' });
  const unknown = await newCase(world, id, 'Unknown');
  // As before the bridge has seen any of them.
  const store = { ...bridge.store, find: () => Promise.resolve(null) };
  const blank = { ...bridge, engine: { ...bridge.engine, store } };
  const own = await startWidget(world, blank);
  const off = await startWidget(world, blank, { enabled: false });
  widgets.push(own, off);
  const answers = [await show(own, unknown), await show(own, 987_654), await show(off, unknown)];
  assert.deepEqual(
    answers.map(({ status, text }) => [status, /<h1 class="title">([^<]*)/.exec(text)?.[1]]),
    [
      [200, 'Not in Salesforce yet'],
      [404, 'Desk has no such case'],
      [200, 'The sync is switched off'],
    ],
  );
});
