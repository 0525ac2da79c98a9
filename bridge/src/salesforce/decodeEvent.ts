import avro from 'avsc';
import type { OrgEvent } from '../ports/org.ts';

/** Longs such as commitNumber pass 2^53: nothing here counts with them, so they stay what Number makes of them. */
const LONG = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => Number(buffer.readBigInt64LE()),
  toBuffer: (value: number) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(value));
    return buffer;
  },
  fromJSON: Number,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'number',
  compare: (a: number, b: number) => a - b,
});

type Tap = { readonly buf: Buffer; pos: number; readLong(): number; skipLong(): void };
type Readable = { _read(tap: Tap): unknown };

/**
 * A list whose length is no more than its bytes can be: the library believes what a damaged event says, and would
 * fill the memory with empty values.
 */
class BoundedArray extends avro.types.ArrayType {
  _read(tap: Tap): unknown[] {
    const items = this.itemsType as unknown as Readable;
    const values: unknown[] = [];
    for (let count = tap.readLong(); count !== 0; count = tap.readLong()) {
      const length = Math.abs(count);
      if (count < 0) tap.skipLong();
      if (length > tap.buf.length - tap.pos) throw new Error('The event is damaged.');
      for (let index = 0; index < length; index += 1) values.push(items._read(tap));
    }
    return values;
  }
}

function listType(schema: avro.Schema, options: avro.ForSchemaOptions): avro.Type | undefined {
  const { type } = (typeof schema === 'object' && schema !== null ? schema : {}) as { type?: unknown };
  if (type === 'map') throw new Error('No event of Salesforce has a map.');
  return type === 'array' ? new BoundedArray(schema, options) : undefined;
}

export type Decoder = { decode(payload: Buffer): OrgEvent };

type Header = { entityName: string; recordIds: string[]; changeType: string };

/** Reads events of one schema. */
export function decoderFor(schemaJson: string): Decoder {
  const type = avro.Type.forSchema(JSON.parse(schemaJson) as avro.Schema, {
    registry: { long: LONG },
    typeHook: listType,
  });
  return {
    decode: (payload) => {
      const fields = type.fromBuffer(payload) as Record<string, unknown>;
      const header = fields['ChangeEventHeader'] as Header | null | undefined;
      if (!header) return { kind: 'signal', fields };
      const { entityName: object, changeType, recordIds } = header;
      // A gap without ids, or with a wildcard, says only that something of that object was missed.
      const exact = recordIds.filter((id) => /^[a-zA-Z0-9]{15,18}$/.test(id));
      if (changeType === 'GAP_OVERFLOW' || exact.length === 0) return { kind: 'gap', object };
      return { kind: 'change', object, changeType, recordIds: exact };
    },
  };
}
