import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDesk } from '../../bridge/src/desk/createDesk.ts';
import type { HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import { createCustomField } from '../desk/customFields.ts';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';
import { createOne, updateOne } from '../support/oneInDesk.ts';

let local: LocalDesk;
let desk: HelpDesk;
const add = (type: string, name: string, data: object, more: object = {}) =>
  createCustomField(local.state, { type, name, label: `The ${name}`, data, ...more });
const caseWith = async (customFields: Record<string, string | boolean | null>) => {
  const customer = await createOne(desk, 'customer', { lastName: 'Ada' });
  const customerId = customer.outcome === 'done' ? customer.record.id : '';
  return createOne(desk, 'case', { subject: 'x', customerId, customFields });
};

before(async () => {
  local = await startDesk({ rateLimitPerMinute: 100_000 });
  desk = createDesk({ url: local.url, auth: { kind: 'oauth', ...local.oauth } });
  add('ticket', 'product', { type: 'list', choices: ['Alpha', 'Beta'] });
  add('ticket', 'urgent', { type: 'boolean' });
  add('ticket', 'old', { type: 'string' }, { active: false });
  add('customer', 'since', { type: 'date' });
});
after(() => local.close());

test('the custom fields of each pair come with their types and choices, the inactive ones too', async () => {
  assert.deepEqual(await desk.fields('case'), [
    { key: 'product', label: 'The product', type: 'list', active: true, choices: ['Alpha', 'Beta'] },
    { key: 'urgent', label: 'The urgent', type: 'boolean', active: true, choices: [] },
    { key: 'old', label: 'The old', type: 'string', active: false, choices: [] },
  ]);
  assert.deepEqual(
    (await desk.fields('customer')).map(({ key, type }) => [key, type]),
    [['since', 'date']],
  );
  assert.deepEqual(await desk.fields('company'), []);
});

test('who asks for all pairs at once sends one request', async () => {
  const asked = () => desk.rate().left;
  const before_ = asked();
  await Promise.all([desk.fields('company'), desk.fields('customer'), desk.fields('case')]);
  assert.equal(before_ - asked(), 1);
});

test('a field of a kind that is not known is left out, and the others stay', async () => {
  const [field] = local.state.tables.customFields;
  assert.ok(field);
  const odd = { ...field, id: 9_001, name: 'odd', data: { type: 'colour' } };
  local.state.tables.customFields.push(odd as unknown as typeof field);
  local.state.tables.customFields.push({ ...field, id: 9_002, name: 'brand', type: 'brand' as 'ticket' });
  assert.deepEqual(
    (await desk.fields('case')).map(({ key }) => key),
    ['product', 'urgent', 'old'],
  );
  local.state.tables.customFields.splice(-2);
});

test('more fields than a page holds are read to the end', async () => {
  for (let index = 0; index < 1_001; index += 1) add('company', `f${index}`, { type: 'string' });
  assert.equal((await desk.fields('company')).length, 1_001);
});

test('a write touches the custom fields that it names, and a wrong choice is refused with its field', async () => {
  const made = await caseWith({ product: 'Alpha', urgent: true });
  assert.equal(made.outcome, 'done');
  const { id, customFields } = made.record;
  assert.deepEqual(customFields, { product: 'Alpha', urgent: true });
  const updated = await updateOne(desk, 'case', id, {
    customFields: { urgent: null, old: 'x', nobody: 'y' },
  });
  assert.equal(updated.outcome, 'done');
  assert.deepEqual(updated.record.customFields, { product: 'Alpha', urgent: null });
  const refused = await updateOne(desk, 'case', id, { customFields: { product: 'Gamma' } });
  assert.equal(refused.outcome, 'refused');
  assert.match(refused.failure.message, /custom_fields\.product is inclusion/);
});
