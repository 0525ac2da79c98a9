import type { Org } from '../org.ts';
import { SalesforceError } from '../records/errors.ts';
import type { Change, StoredRecord, Transaction } from '../records/recordStore.ts';
import type { Value } from '../records/validate.ts';
import { readFlow, type CreateElement, type Filter, type Flow } from './readFlow.ts';

/** Runs the active record-triggered flows of the org, in the transaction of the save that triggers them. */
export function startFlows(org: Org): void {
  org.afterSave.push((change, transaction) => {
    if (change.after === null || (change.kind !== 'create' && change.kind !== 'update')) return;
    for (const [name, file] of org.metadata.get('Flow') ?? []) {
      const flow = flowOf(name, file);
      if (flow.active && triggers(flow, change)) run(org, flow, change.after, transaction);
    }
  });
}

/** Read once: every save of the org asks for them. */
const read = new WeakMap<Buffer, Flow>();

function flowOf(name: string, file: Buffer): Flow {
  const known = read.get(file) ?? readFlow(name, file.toString('utf8'));
  read.set(file, known);
  return known;
}

function triggers(flow: Flow, change: Change): boolean {
  if (flow.object !== change.object) return false;
  if (!(change.kind === 'create' ? flow.onCreate : flow.onUpdate)) return false;
  return flow.filters.every((filter) => holds(filter, change));
}

function holds({ field, operator, value }: Filter, { before, after }: Change): boolean {
  const now = after?.[field] ?? null;
  switch (operator) {
    case 'EqualTo':
      return String(now) === String(value);
    case 'NotEqualTo':
      return String(now) !== String(value);
    case 'IsNull':
      return (now === null) === (value === 'true');
    default:
      return (before === null || (before[field] ?? null) !== now) === (value === 'true');
  }
}

function run(org: Org, flow: Flow, record: StoredRecord, transaction: Transaction): void {
  let next = flow.first;
  while (next !== null) {
    const element: CreateElement | undefined = flow.creates.find((one) => one.name === next);
    if (!element) return;
    try {
      create(org, element, record, transaction);
      next = element.next;
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      // Without a fault path, a failing element rolls the user's save back.
      if (element.fault === null) {
        throw new SalesforceError(
          'CANNOT_EXECUTE_FLOW_TRIGGER',
          `We can't save this record because the “${flow.name}” process failed. ${error.message}`,
        );
      }
      next = element.fault;
    }
  }
}

function create(org: Org, element: CreateElement, record: StoredRecord, transaction: Transaction): void {
  const object = org.schema.object(element.object);
  if (!object) throw new SalesforceError('INVALID_TYPE', `No object ${element.object}`);
  const fields: Record<string, Value> = {};
  for (const { field, reference, literal } of element.assignments) {
    const path = /^\$Record\.(\w+)$/.exec(reference ?? '')?.[1];
    fields[field] = path === undefined ? literal : (record[path] ?? null);
  }
  if (object.kind === 'event')
    transaction.afterCommit(() => void org.publish(object.name, fields, transaction.userId));
  else org.records.insert(object, fields);
}
