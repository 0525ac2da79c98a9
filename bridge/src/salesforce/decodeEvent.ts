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

export type Decoder = { decode(payload: Buffer): OrgEvent };

type Header = { entityName: string; recordIds: string[]; changeType: string };

/** Reads events of one schema. */
export function decoderFor(schemaJson: string): Decoder {
  const type = avro.Type.forSchema(JSON.parse(schemaJson) as avro.Schema, { registry: { long: LONG } });
  return {
    decode: (payload) => {
      const fields = type.fromBuffer(payload) as Record<string, unknown>;
      const header = fields['ChangeEventHeader'] as Header | undefined;
      if (!header) return { kind: 'signal', fields };
      const { entityName: object, changeType, recordIds } = header;
      // A gap without ids, or with a wildcard, says only that something of that object was missed.
      const exact = recordIds.filter((id) => /^[a-zA-Z0-9]{15,18}$/.test(id));
      if (changeType === 'GAP_OVERFLOW' || exact.length === 0) return { kind: 'gap', object };
      return { kind: 'change', object, changeType, recordIds: exact };
    },
  };
}
