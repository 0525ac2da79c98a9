import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decoderFor, type Decoder } from '@desk-connect/bridge/salesforce/decodeEvent.js';
import { EventReader } from '@desk-connect/bridge/salesforce/eventReader.js';
import avro from 'avsc';
import fc from 'fast-check';
import { bytes, damaged, tries } from '../support/fuzz.ts';

const list = { type: 'array', items: 'string' };
const CHANGE = {
  type: 'record',
  name: 'CaseChangeEvent',
  fields: [
    {
      name: 'ChangeEventHeader',
      type: {
        type: 'record',
        name: 'ChangeEventHeader',
        fields: [
          { name: 'entityName', type: 'string' },
          { name: 'recordIds', type: list },
          { name: 'changeType', type: { type: 'enum', name: 'ChangeType', symbols: ['CREATE', 'UPDATE'] } },
          { name: 'commitNumber', type: 'long' },
          { name: 'changedFields', type: list },
        ],
      },
    },
    { name: 'Subject', type: ['null', 'string'], default: null },
  ],
};
const type = avro.Type.forSchema(CHANGE as avro.Schema);
const header = {
  entityName: 'Case',
  recordIds: ['5009X0000000001QAA', '5009X0000000002QAA'],
  changeType: 'UPDATE',
  commitNumber: 12,
  changedFields: ['0x10', 'LastModifiedDate'],
};
const PAYLOAD = type.toBuffer({ ChangeEventHeader: header, Subject: 'S' });
const decoder = decoderFor(JSON.stringify(CHANGE));

/** What an event becomes; null where nobody can read it. It names only what can be an id. */
function read(given: Decoder, payload: Buffer) {
  let event;
  try {
    event = given.decode(payload);
  } catch (error) {
    assert.ok(error instanceof Error);
    return null;
  }
  if (event.kind === 'change') for (const id of event.recordIds) assert.match(id, /^[a-zA-Z0-9]{15,18}$/);
  return event;
}

test('an event that is cut off or damaged is read or refused, and takes no time', () => {
  assert.equal(read(decoder, PAYLOAD)?.kind, 'change');
  for (let length = 0; length < PAYLOAD.length; length += 1) read(decoder, PAYLOAD.subarray(0, length));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(PAYLOAD.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      (changes) => {
        const payload = Buffer.from(PAYLOAD);
        for (const [at, value] of changes) payload[at] = value;
        read(decoder, payload);
      },
    ),
    tries(2_000),
  );
  fc.assert(
    fc.property(bytes(200), (payload) => {
      read(decoder, payload);
    }),
    tries(1_000),
  );
});

test('an event that claims a list of a thousand million entries fills no memory', () => {
  const long = (value: number) => avro.Type.forSchema('long').toBuffer(value);
  for (const count of [1e9, 2 ** 31, 2 ** 40, -1e9, -(2 ** 40)]) {
    const payload = Buffer.concat([avro.Type.forSchema('string').toBuffer('Case'), long(count), long(1)]);
    const before = process.memoryUsage().heapUsed;
    assert.equal(read(decoder, payload), null);
    assert.ok(process.memoryUsage().heapUsed - before < 50_000_000);
  }
});

test('a schema that is none makes a gap of its events, which a sweep fills', async () => {
  const schema = fc.oneof(
    damaged(CHANGE).map((value) => JSON.stringify(value) ?? ''),
    fc.string(),
    fc.constantFrom('[', '{}', 'null', '['.repeat(100_000), '{"type":"array","items":"null"}'),
  );
  await fc.assert(
    fc.asyncProperty(schema, async (json) => {
      const reader = new EventReader(() => Promise.resolve(json));
      const event = { event: { schema_id: 'it', payload: PAYLOAD }, replay_id: Buffer.from('1') };
      const found = await reader.read([event], new AbortController().signal);
      assert.equal(found.length, 1);
    }),
    tries(500),
  );
});
