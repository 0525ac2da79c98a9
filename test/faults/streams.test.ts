import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { grpcError } from '../org/events/grpcError.ts';
import { replayBytes } from '../org/events/replayId.ts';
import { startBridgeInProcess, type BridgeInProcess } from '../support/bridgeInProcess.ts';
import { startProxy, type Proxy } from '../support/proxy.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';

const CHANGES = '/data/DeskConnect__chn';
const SIGNALS = '/event/Desk_Signal__e';
const SILENCE_MS = 2_000;
let world: World;
let proxy: Proxy;
let bridge: BridgeInProcess;
let signsOfLife: NodeJS.Timeout;
let serial = 0;

before(async () => {
  world = await createWorld();
  // As many calls a day as a large org has: the sweep that stands in for a stream keeps the pace of the poll.
  world.org.org.limits.max = 1e9;
  proxy = await startProxy(world.org.pubsubUrl);
  bridge = await startBridgeInProcess(world, {
    pubsubUrl: proxy.url,
    silenceMs: SILENCE_MS,
    random: () => 1,
  });
  signsOfLife = setInterval(() => world.org.pubsub.keepAlive(), SILENCE_MS / 10);
  await bridge.ready();
});
after(async () => {
  clearInterval(signsOfLife);
  await bridge.stop();
  await proxy.close();
  await world.close();
});

async function newContact(): Promise<string> {
  serial += 1;
  const { id } = await world.salesforce
    .sobject('Contact')
    .create({ LastName: `Contact ${serial}`, Email: `contact${serial}@streams.test` });
  return id ?? '';
}
const customerOf = (contactId: string) =>
  world.desk.state.tables.customers.find((one) => one.external_id === contactId);
const arrives = (contactId: string) => waitFor('the customer in Desk', () => customerOf(contactId));
/** The other way needs no stream. */
async function deskGoesOn(): Promise<void> {
  serial += 1;
  const name = `Customer ${serial}`;
  await world.agent('POST', 'customers', { last_name: name });
  const contacts = () => [...world.org.org.records.rows('Contact').values()];
  await waitFor(`the contact ${name}`, () => contacts().some((row) => row['LastName'] === name));
}
const atRest = () =>
  waitFor('nothing to do', async () => {
    const { waiting } = await bridge.store.counts();
    return waiting === 0 && (await bridge.store.nextDue()) === null;
  });
/** What the log tells of a part from now on. */
function listen(name: string): () => string[] {
  const from = bridge.told.length;
  return () =>
    bridge.told
      .slice(from)
      .filter((part) => part.name === name)
      .map(({ state, detail }) => `${state} ${detail}`.trim());
}
const isUpAgain = (said: readonly string[]) =>
  said.some((line) => line.startsWith('down')) && said.at(-1) === 'up';

test('D2.1 a position that Salesforce does not take is given up, and a sweep finds what was missed', async () => {
  const told = listen(`stream ${CHANGES}`);
  const garbage = Buffer.from('garbage').toString('base64');
  world.org.pubsub.refuse(grpcError('UNAVAILABLE', 'service.unavailable', 'Maintenance'));
  world.org.pubsub.dropStreams();
  const missed = await newContact();
  await deskGoesOn();
  await bridge.store.sight([], 0, [{ name: `stream ${CHANGES}`, value: garbage }]);
  world.org.pubsub.refuse(null);
  await arrives(missed);
  await waitFor('the log to tell', () =>
    told().some((line) => line.includes('positionLost: subscription.fetch.replayid.corrupted')),
  );
  await waitFor('the stream', () => isUpAgain(told()));
  await arrives(await newContact());
});

test('D2.2 a stream over a connection that is half open is left for a new connection', async () => {
  const told = listen(`stream ${CHANGES}`);
  proxy.freeze();
  const missed = await newContact();
  await deskGoesOn();
  await waitFor('the stream', () => isUpAgain(told()), 15_000);
  assert.match(told().join('\n'), /down failed: nothing came for 2 s/);
  await arrives(missed);
  await arrives(await newContact());
});

test('D2.4 a stream that breaks whenever it begins is tried with growing pauses', async () => {
  const { subscribed } = world.org.pubsub;
  const from = subscribed.length;
  world.org.pubsub.refuse(grpcError('UNAVAILABLE', 'service.unavailable', 'Maintenance'));
  world.org.pubsub.dropStreams();
  const times = await waitFor('four subscriptions', () => {
    const mine = subscribed.slice(from).filter(({ topic }) => topic === CHANGES);
    return mine.length >= 4 ? mine.map(({ at }) => at) : null;
  });
  const pauses = times.slice(1).map((at, index) => at - (times[index] ?? at));
  assert.ok((pauses[2] ?? 0) >= 900, `pauses of ${pauses.join(', ')} ms`);
  const stream = () => bridge.health.parts()[`stream ${CHANGES}`];
  assert.equal(stream()?.state, 'down');
  assert.match(stream()?.detail ?? '', /Maintenance/);
  await Promise.all([deskGoesOn(), arrives(await newContact())]);
  world.org.pubsub.refuse(null);
  await waitFor('the stream', () => stream()?.state === 'up');
  await arrives(await newContact());
});

test('D2.5 a server that says goodbye or resets the connection costs nothing but the new one', async () => {
  await waitFor('the streams', () => bridge.health.ready);
  const told = listen(`stream ${CHANGES}`);
  for (const breakOff of [() => world.org.pubsub.goAway(), () => proxy.reset()]) {
    const said = told().length;
    breakOff();
    const missed = await newContact();
    await deskGoesOn();
    await waitFor('the stream', () => isUpAgain(told().slice(said)));
    assert.match(told().slice(said).join('\n'), /down failed: \S/);
    await arrives(missed);
  }
});

test('D2.6 events that come twice and out of order cost no write', async () => {
  const id = await newContact();
  await arrives(id);
  await world.salesforce.sobject('Contact').update({ Id: id, Title: 'First' });
  await world.salesforce.sobject('Contact').update({ Id: id, Title: 'Second' });
  await waitFor('the change', () => customerOf(id)?.title === 'Second');
  await atRest();
  const writes = () =>
    world.desk.calls.filter(({ method }) => method !== 'GET').length +
    // The row that tells how the bridge is goes as a composite request, after its own pace.
    world.org.org.calls.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/composite')).length;
  const before = writes();
  const position = await bridge.store.cursor(`stream ${CHANGES}`);
  world.org.pubsub.bus.repeat(20);
  await waitFor('the events', async () => (await bridge.store.cursor(`stream ${CHANGES}`)) !== position);
  await atRest();
  assert.equal(writes(), before);
  assert.equal(customerOf(id)?.title, 'Second');
  assert.deepEqual(await bridge.store.causes(), [], 'nothing is seen of it');
  await arrives(await newContact());
});

test('D2.7 a replay id is kept as it came, and an empty batch moves it', async () => {
  assert.ok(replayBytes(1).readBigUInt64BE() > BigInt(Number.MAX_SAFE_INTEGER), 'beyond any number');
  await arrives(await newContact());
  await atRest();
  const latest = () => replayBytes(world.org.pubsub.bus.last).toString('base64');
  for (const topic of [CHANGES, SIGNALS])
    await waitFor(
      `the position of ${topic}`,
      async () => (await bridge.store.cursor(`stream ${topic}`)) === latest(),
    );
});

test('D2.9 where the allowance of events is used up, the bridge polls and says so', async () => {
  world.org.pubsub.refuse(
    grpcError('RESOURCE_EXHAUSTED', 'subscription.limit.exceeded', 'The daily allowance is used up'),
  );
  world.org.pubsub.dropStreams();
  await waitFor('the health', () =>
    bridge.health.parts()[`stream ${CHANGES}`]?.detail.includes('subscription.limit.exceeded'),
  );
  await Promise.all([deskGoesOn(), arrives(await newContact())]);
  await arrives(await newContact());
});
