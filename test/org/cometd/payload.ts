import { isTime } from '../events/avroSchemas.ts';
import type { BusEvent, EventBus } from '../events/eventBus.ts';
import { changedObject } from '../metadata/apply/eventChannel.ts';
import type { Org } from '../org.ts';

type Payload = Record<string, unknown>;

/** An event as JSON: times as text, the fields of a change by name, and only those that changed. */
export function jsonPayload(org: Org, bus: EventBus, { entity, schemaId, payload }: BusEvent): Payload {
  const schema = bus.schema(schemaId);
  if (!schema) throw new Error(`No schema ${schemaId}`);
  const value = { ...(schema.type.fromBuffer(payload) as Payload) };
  const object = org.schema.object(changedObject(entity) ?? entity);
  for (const [name, raw] of Object.entries(value)) {
    const field = object?.fields.get(name);
    if (name !== 'CreatedDate' && !(field && isTime(field))) continue;
    if (typeof raw !== 'number') continue;
    const text = new Date(raw).toISOString();
    value[name] = field?.type === 'date' ? text.slice(0, 10) : text;
  }
  const header = value['ChangeEventHeader'] as Payload | undefined;
  return header ? changeOf(schema.names, value, header) : value;
}

function changeOf(names: readonly string[], value: Payload, header: Payload): Payload {
  const named = (key: string) => fieldsIn(names, header[key] as string[]);
  const [changed, nulled] = [named('changedFields'), named('nulledFields')];
  const carried = Object.entries(value).filter(
    ([name, raw]) => name !== 'ChangeEventHeader' && (raw !== null || nulled.includes(name)),
  );
  return {
    ...Object.fromEntries(carried),
    ChangeEventHeader: { ...header, changedFields: changed, nulledFields: nulled },
  };
}

/** The names that a bitmap of fields stands for. */
function fieldsIn(names: readonly string[], [bitmap]: readonly string[]): string[] {
  const bits = BigInt(bitmap ?? '0x0');
  return names.filter((_, position) => (bits >> BigInt(position)) & 1n);
}
