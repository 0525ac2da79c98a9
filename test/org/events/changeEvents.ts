import type { Org } from '../org.ts';
import type { Change, ChangeKind, Transaction } from '../records/recordStore.ts';
import { API_VERSION } from '../http/routes.ts';
import type { ObjectSchema } from '../schema/types.ts';
import { avroValue, bitmap, changeEventSchema, type EventSchema } from './avroSchemas.ts';

type Merged = { kind: ChangeKind; change: Change; fields: Set<string> };
export type ChangeEvent = {
  readonly entity: string;
  readonly schema: EventSchema;
  readonly payload: Record<string, unknown>;
};

let commits = 9_007_199_254_740;

/** The change events of a transaction: one a record, with the first operation's type and the final data. */
export function changeEvents(org: Org, transaction: Transaction): ChangeEvent[] {
  const merged = new Map<string, Merged>();
  for (const change of transaction.changes) {
    const known = merged.get(change.id);
    if (!known) merged.set(change.id, { kind: change.kind, change, fields: new Set(change.changedFields) });
    else {
      change.changedFields.forEach((name) => known.fields.add(name));
      known.change = change;
      if (change.kind === 'delete') known.kind = 'delete';
    }
  }
  commits += 1;
  const transactionKey = `00${commits.toString(16)}-${org.orgId}`;
  const events: ChangeEvent[] = [];
  for (const { kind, change, fields } of merged.values()) {
    const object = org.schema.object(change.object);
    if (!object || object.kind !== 'object' || (kind === 'update' && fields.size === 0)) continue;
    events.push(
      eventOf(
        org,
        transaction,
        object,
        { kind, change, fields },
        { transactionKey, sequenceNumber: events.length + 1 },
      ),
    );
  }
  return events;
}

function eventOf(
  org: Org,
  transaction: Transaction,
  object: ObjectSchema,
  { kind, change, fields }: Merged,
  order: { transactionKey: string; sequenceNumber: number },
): ChangeEvent {
  const schema = changeEventSchema(object);
  const after = change.after;
  const touched =
    kind === 'update' ? [...fields, 'LastModifiedDate', 'LastModifiedById'] : [...object.fields.keys()];
  const payload: Record<string, unknown> = Object.fromEntries(schema.names.map((name) => [name, null]));
  if (kind !== 'delete') {
    for (const name of touched) {
      const field = object.fields.get(name);
      if (field && name in payload) payload[name] = avroValue(field, after?.[name] ?? null);
    }
  }
  payload['ChangeEventHeader'] = {
    entityName: object.name,
    recordIds: [change.id],
    changeType: kind.toUpperCase(),
    changeOrigin: `com/salesforce/api/rest/${API_VERSION}.0${transaction.client === null ? '' : `;client=${transaction.client}`}`,
    ...order,
    commitTimestamp: org.now(),
    commitNumber: commits,
    commitUser: transaction.userId,
    nulledFields:
      kind === 'update'
        ? bitmap(
            schema,
            touched.filter((name) => (after?.[name] ?? null) === null),
          )
        : [],
    diffFields: [],
    changedFields: kind === 'update' ? bitmap(schema, touched) : [],
  };
  return {
    entity: object.custom ? object.name.replace(/__c$/, '__ChangeEvent') : `${object.name}ChangeEvent`,
    schema,
    payload,
  };
}
