import { ComponentProblem } from '../metadata/component.ts';
import { child, children, parseXml, textOf, type Xml } from '../metadata/xml.ts';

export type Filter = { readonly field: string; readonly operator: string; readonly value: string | null };
export type Assignment = {
  readonly field: string;
  readonly reference: string | null;
  readonly literal: string | null;
};
export type CreateElement = {
  readonly name: string;
  readonly object: string;
  readonly assignments: readonly Assignment[];
  readonly next: string | null;
  readonly fault: string | null;
};
export type Flow = {
  readonly name: string;
  readonly active: boolean;
  readonly object: string;
  readonly onCreate: boolean;
  readonly onUpdate: boolean;
  /** All must hold. */
  readonly filters: readonly Filter[];
  readonly first: string | null;
  readonly creates: readonly CreateElement[];
};

const ELEMENTS = [
  'actionCalls',
  'apexPluginCalls',
  'collectionProcessors',
  'decisions',
  'loops',
  'recordDeletes',
  'recordLookups',
  'recordRollbacks',
  'recordUpdates',
  'screens',
  'steps',
  'subflows',
  'transforms',
  'waits',
];
const OPERATORS = new Set(['EqualTo', 'NotEqualTo', 'IsNull', 'IsChanged']);

/** Reads a record-triggered flow that runs after save and creates records or publishes events. */
export function readFlow(name: string, source: string): Flow {
  const { root } = parseXml(source);
  const active = textOf(root, 'status') === 'Active';
  const start = child(root, 'start');
  const trigger = textOf(start, 'recordTriggerType') ?? '';
  const flow: Flow = {
    name,
    active,
    object: textOf(start, 'object') ?? '',
    onCreate: trigger.startsWith('Create'),
    onUpdate: trigger.endsWith('Update'),
    filters: children(start, 'filters').map((xml) => ({
      field: textOf(xml, 'field') ?? '',
      operator: textOf(xml, 'operator') ?? '',
      value: literal(child(xml, 'value')),
    })),
    first: target(child(start, 'connector')),
    creates: children(root, 'recordCreates').map(createElement),
  };
  if (active) refuseUnknown(root, start, flow);
  return flow;
}

/** An active flow that cannot be run as it says must not be taken as if it ran. */
function refuseUnknown(root: Xml, start: Xml | undefined, flow: Flow): void {
  const element = ELEMENTS.find((one) => children(root, one).length > 0);
  if (element !== undefined) throw new ComponentProblem(`This org does not run flows with ${element}`);
  if (textOf(start, 'triggerType') !== 'RecordAfterSave')
    throw new ComponentProblem('This org runs only flows that start after a record is saved');
  if (textOf(start, 'filterFormula') !== undefined)
    throw new ComponentProblem('This org does not run flows with a filter formula');
  const touching = children(root, 'assignments')
    .flatMap((one) => children(one, 'assignmentItems'))
    .some((item) => textOf(item, 'assignToReference')?.startsWith('$Record'));
  if (touching) throw new ComponentProblem('This org does not run flows that assign to the record');
  const filter = flow.filters.find((one) => !OPERATORS.has(one.operator));
  if (filter) throw new ComponentProblem(`This org does not know the filter operator ${filter.operator}`);
}

function createElement(xml: Xml): CreateElement {
  return {
    name: textOf(xml, 'name') ?? '',
    object: textOf(xml, 'object') ?? '',
    assignments: children(xml, 'inputAssignments').map((one) => {
      const value = child(one, 'value');
      return {
        field: textOf(one, 'field') ?? '',
        reference: textOf(value, 'elementReference') ?? null,
        literal: literal(value),
      };
    }),
    next: target(child(xml, 'connector')),
    fault: target(child(xml, 'faultConnector')),
  };
}

function literal(value: Xml | undefined): string | null {
  return (
    textOf(value, 'stringValue') ?? textOf(value, 'booleanValue') ?? textOf(value, 'numberValue') ?? null
  );
}

const target = (connector: Xml | undefined) => textOf(connector, 'targetReference') ?? null;
