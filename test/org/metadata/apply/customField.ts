import type { Org } from '../../org.ts';
import { field } from '../../schema/fields.ts';
import type { FieldSchema, FieldType, PicklistValue } from '../../schema/types.ts';
import { ComponentProblem } from '../component.ts';
import { child, children, isTrue, textOf, type Xml } from '../xml.ts';

const TYPES: Readonly<Record<string, FieldType>> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Lookup: 'reference',
  MasterDetail: 'reference',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  AutoNumber: 'string',
};
const FIXED_LENGTH: Readonly<Record<string, number>> = {
  TextArea: 255,
  Email: 80,
  Phone: 40,
  Url: 255,
  Picklist: 255,
  MultiselectPicklist: 4_099,
  Lookup: 18,
  MasterDetail: 18,
  AutoNumber: 30,
};
const NEEDS_LENGTH = new Set(['Text', 'LongTextArea', 'Html']);

/** The field that a `<fields>` element (or the name field of an object) describes. */
export function fieldFrom(org: Org, object: string, name: string, xml: Xml): FieldSchema {
  const fail = (problem: string) =>
    new ComponentProblem(problem, { type: 'CustomField', name: `${object}.${name}` });
  const declared = textOf(xml, 'type') ?? '';
  const type = TYPES[declared];
  if (!type) throw fail(`'${declared}' is not a valid value for the enum 'FieldType'`);
  if (textOf(xml, 'label') === undefined) throw fail('Required field is missing: label');
  const length = Number(textOf(xml, 'length') ?? FIXED_LENGTH[declared] ?? 0);
  if (NEEDS_LENGTH.has(declared) && !(length > 0)) throw fail('Required field is missing: length');
  if (declared === 'LongTextArea' && textOf(xml, 'visibleLines') === undefined)
    throw fail('Required field is missing: visibleLines');
  if (declared === 'Text' && length > 255) throw fail('Value too large. The maximum for length is 255.');
  const required = isTrue(xml, 'required') || declared === 'MasterDetail';
  const externalId = isTrue(xml, 'externalId');
  if (externalId && !['Text', 'Number', 'Email', 'AutoNumber'].includes(declared))
    throw fail(`Cannot set externalId on a ${declared} field`);
  return field(name, type, {
    label: textOf(xml, 'label') ?? name,
    custom: name !== 'Name',
    length,
    precision: Number(
      textOf(xml, 'precision') ?? (declared === 'Percent' || declared === 'Currency' ? 18 : 0),
    ),
    scale: Number(textOf(xml, 'scale') ?? 0),
    required,
    unique: isTrue(xml, 'unique'),
    externalId,
    caseSensitive: isTrue(xml, 'caseSensitive'),
    autoNumber: declared === 'AutoNumber' ? (textOf(xml, 'displayFormat') ?? '{0}') : null,
    createable: declared !== 'AutoNumber',
    updateable: declared !== 'AutoNumber',
    ...lookup(org, declared, xml, fail),
    picklist: valuesOf(xml),
    restricted: isTrue(child(xml, 'valueSet'), 'restricted'),
    defaultValue:
      declared === 'Checkbox'
        ? isTrue(xml, 'defaultValue')
        : (valuesOf(xml).find((value) => value.default)?.value ?? null),
    fls: name !== 'Name' && !required && !object.endsWith('__e') && !object.endsWith('__mdt'),
  });
}

function lookup(
  org: Org,
  declared: string,
  xml: Xml,
  fail: (problem: string) => Error,
): Partial<FieldSchema> {
  if (declared !== 'Lookup' && declared !== 'MasterDetail') return {};
  const target = textOf(xml, 'referenceTo') ?? '';
  const object = org.schema.object(target);
  if (!object) throw fail(`referenceTo value of '${target}' does not resolve to a valid sObject type`);
  const children_ = textOf(xml, 'relationshipName');
  return {
    referenceTo: [object.name],
    relationshipName: (textOf(xml, 'fullName') ?? '').replace(/__c$/, '__r'),
    childRelationshipName: children_ === undefined ? null : `${children_}__r`,
  };
}

function valuesOf(xml: Xml): PicklistValue[] {
  const definition = child(child(xml, 'valueSet'), 'valueSetDefinition');
  return children(definition, 'value').map((value) => ({
    value: textOf(value, 'fullName') ?? '',
    label: textOf(value, 'label') ?? textOf(value, 'fullName') ?? '',
    active: textOf(value, 'isActive') !== 'false',
    default: isTrue(value, 'default'),
  }));
}
