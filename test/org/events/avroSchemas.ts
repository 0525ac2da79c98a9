import { createHash } from 'node:crypto';
import avro from 'avsc';
import type { Value } from '../records/validate.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';

export type EventSchema = {
  readonly id: string;
  readonly json: string;
  readonly type: avro.Type;
  /** Field names in the order of the schema: bit n of a bitmap is field n. */
  readonly names: readonly string[];
};

const HEADER = {
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: { type: 'array', items: 'string' } },
    {
      name: 'changeType',
      type: {
        type: 'enum',
        name: 'ChangeType',
        symbols: [
          'CREATE',
          'UPDATE',
          'DELETE',
          'UNDELETE',
          'GAP_CREATE',
          'GAP_UPDATE',
          'GAP_DELETE',
          'GAP_UNDELETE',
          'GAP_OVERFLOW',
          'SNAPSHOT',
        ],
      },
    },
    { name: 'changeOrigin', type: 'string' },
    { name: 'transactionKey', type: 'string' },
    { name: 'sequenceNumber', type: 'int' },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: 'long' },
    { name: 'commitUser', type: 'string' },
    { name: 'nulledFields', type: { type: 'array', items: 'string' } },
    { name: 'diffFields', type: { type: 'array', items: 'string' } },
    { name: 'changedFields', type: { type: 'array', items: 'string' } },
  ],
};

/** Fields that a change event never carries. */
const NOT_IN_EVENTS = new Set(['Id', 'IsDeleted', 'SystemModstamp']);

export const isTime = (field: FieldSchema) => field.type === 'date' || field.type === 'datetime';

function avroType(field: FieldSchema): string {
  if (field.type === 'boolean') return 'boolean';
  if (field.type === 'int') return 'int';
  if (['double', 'currency', 'percent'].includes(field.type)) return 'double';
  return isTime(field) ? 'long' : 'string';
}

const optional = (field: FieldSchema) => ({
  name: field.name,
  type: ['null', avroType(field)],
  default: null,
});

/** Built once, for as long as the object has these very fields: every change of a record asks for it. */
function remembered(make: (object: ObjectSchema) => EventSchema): (object: ObjectSchema) => EventSchema {
  const made = new WeakMap<ObjectSchema, { fields: readonly FieldSchema[]; schema: EventSchema }>();
  return (object) => {
    const fields = [...object.fields.values()];
    const known = made.get(object);
    if (known?.fields.length === fields.length && known.fields.every((field, n) => field === fields[n]))
      return known.schema;
    const schema = make(object);
    made.set(object, { fields, schema });
    return schema;
  };
}

/** The schema of an object's change events. */
export const changeEventSchema = remembered((object) => {
  const name = object.custom ? object.name.replace(/__c$/, '__ChangeEvent') : `${object.name}ChangeEvent`;
  const kept = (field: FieldSchema) => !NOT_IN_EVENTS.has(field.name) && field.calculation === null;
  const fields = [...object.fields.values()].filter(kept).map(optional);
  return build(name, [{ name: 'ChangeEventHeader', type: HEADER }, ...fields]);
});

/** The schema of a platform event. */
export const platformEventSchema = remembered((object) => {
  const system = [
    { name: 'CreatedDate', type: 'long' },
    { name: 'CreatedById', type: 'string' },
  ];
  return build(object.name, [...system, ...[...object.fields.values()].map(optional)]);
});

function build(name: string, fields: readonly { name: string; type: unknown }[]): EventSchema {
  const json = JSON.stringify({ type: 'record', name, namespace: 'com.sforce.eventbus', fields });
  return {
    id: createHash('sha256').update(json).digest('base64url').slice(0, 22),
    json,
    type: avro.Type.forSchema(JSON.parse(json) as avro.Schema),
    names: fields.map((field) => field.name),
  };
}

/** A stored value as the schemas have it: times in milliseconds since 1970. */
export function avroValue(field: FieldSchema, value: Value): unknown {
  if (value === null || !isTime(field)) return value;
  return Date.parse(String(value).replace(/\+0000$/, 'Z'));
}

/** Field names as the hex bitmap that Pub/Sub sends. */
export function bitmap(schema: EventSchema, names: readonly string[]): string[] {
  let bits = 0n;
  for (const name of names) {
    const position = schema.names.indexOf(name);
    if (position >= 0) bits |= 1n << BigInt(position);
  }
  return bits === 0n ? [] : [`0x${bits.toString(16).toUpperCase()}`];
}
