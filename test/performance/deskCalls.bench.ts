// How many requests to Desk a changed record costs in a burst of changes in Salesforce, reads and polls included.
import { waitFor } from '../support/waitFor.ts';
import { createWorld } from '../support/world.ts';

const RECORDS = Number(process.argv[2] ?? 400);
const BATCH = 200;
const world = await createWorld();
const { salesforce, desk } = world;

async function inBatches(
  kind: 'create' | 'update',
  object: string,
  records: Readonly<Record<string, unknown>>[],
): Promise<string[]> {
  const ids: string[] = [];

  for (let start = 0; start < records.length; start += BATCH) {
    const batch = records
      .slice(start, start + BATCH)
      .map((one) => ({ attributes: { type: object }, ...one }));
    const body = {
      allOrNone: true,
      records: kind === 'create' ? batch : batch,
    };
    const url = '/composite/sobjects';
    const answers = await (kind === 'create'
      ? salesforce.requestPost<{ id: string }[]>(url, body)
      : salesforce.requestPatch<{ id: string }[]>(url, body));
    ids.push(...answers.map(({ id }) => id));
  }
  return ids;
}
const each = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

await world.startBridge();
const contacts = await inBatches(
  'create',
  'Contact',
  each(RECORDS, (n) => ({ LastName: `Contact ${n}` })),
);
const cases = await inBatches(
  'create',
  'Case',
  each(RECORDS, (n) => ({ Subject: `Case ${n}`, Status: 'Open', ContactId: contacts[n] })),
);
await waitFor('the cases in Desk', () => desk.state.tables.cases.length === RECORDS, 120_000);

async function burst(what: string, change: () => Promise<unknown>, done: () => boolean): Promise<void> {
  // An echo of what went before must not be counted.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  const before = desk.calls.length;
  const started = performance.now();
  await change();
  await waitFor(what, done, 120_000);
  const calls = desk.calls.slice(before);
  const polls = calls.filter(({ path }) => /since_updated_at|sort_field=updated_at/.test(path)).length;
  const each_ = (calls.length - polls) / RECORDS;
  console.log(
    `${what.padEnd(28)} ${each_.toFixed(2)} requests a record, and ${polls} polls, in ${((performance.now() - started) / 1_000).toFixed(1)} s`,
  );
}

await burst(
  `${RECORDS} cases changed`,
  () =>
    inBatches(
      'update',
      'Case',
      cases.map((id) => ({ id, Priority: 'High' })),
    ),
  () => desk.state.tables.cases.every(({ priority }) => priority === 8),
);
await burst(
  `${RECORDS} contacts changed`,
  () =>
    inBatches(
      'update',
      'Contact',
      contacts.map((id) => ({ id, Title: 'Dr.' })),
    ),
  () => desk.state.tables.customers.every(({ title }) => title === 'Dr.'),
);
await world.close();
