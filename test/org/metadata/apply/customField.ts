import type { Org } from '../../org.ts';
import { field } from '../../schema/fields.ts';
import type { Calculation, FieldSchema, PicklistValue } from '../../schema/types.ts';
import { ComponentProblem } from '../component.ts';
import { kept } from '../keep.ts';
import { child, children, isTrue, parseXml, textOf, type Xml } from '../xml.ts';
import { sizeOf, typeProblem, TYPES } from './fieldTypes.ts';
import { parseFormula } from './formula.ts';

type Fail = (problem: string) => Error;

/** The field that a `<fields>` element (or the name field of an object) describes, and the parts that come with it. */
export function fieldsFrom(org: Org, object: string, name: string, xml: Xml): FieldSchema[] {
  const whole = fieldFrom(org, object, name, xml);
  if (whole.calculation?.kind !== 'location') return [whole];
  const { latitude, longitude } = whole.calculation;
  const part = (partName: string, word: string) =>
    field(partName, 'double', {
      label: `${whole.label} (${word})`,
      custom: true,
      precision: 3 + whole.scale,
      scale: whole.scale,
      compound: name,
    });
  return [whole, part(latitude, 'Latitude'), part(longitude, 'Longitude')];
}

export function fieldFrom(org: Org, object: string, name: string, xml: Xml): FieldSchema {
  const fail: Fail = (problem) =>
    new ComponentProblem(problem, { type: 'CustomField', name: `${object}.${name}` });
  const declared = textOf(xml, 'type') ?? '';
  const problem = typeProblem(object, declared, xml);
  if (problem !== null) throw fail(problem);
  if (textOf(xml, 'label') === undefined) throw fail('Required field is missing: label');
  const calculation = calculationOf(org, object, name, xml, fail);
  const isMaster = declared === 'MasterDetail';
  if (isMaster && org.schema.object(object)?.custom === false)
    throw fail(`${object} cannot be the detail of a master-detail relationship`);
  const required = isTrue(xml, 'required') || isMaster;
  const externalId = isTrue(xml, 'externalId');
  if (externalId && !['Text', 'Number', 'Email', 'AutoNumber'].includes(declared))
    throw fail(`Cannot set externalId on a ${declared} field`);
  const picklist = valuesOf(org, xml, fail);
  const isWritten = declared !== 'AutoNumber' && calculation === null;
  const summed = summedField(org, calculation);
  return field(name, summed?.type ?? TYPES[declared] ?? 'string', {
    label: textOf(xml, 'label') ?? name,
    custom: name !== 'Name',
    ...sizeOf(declared, xml),
    ...(summed ? { scale: summed.scale } : {}),
    required,
    unique: isTrue(xml, 'unique'),
    externalId,
    caseSensitive: isTrue(xml, 'caseSensitive'),
    autoNumber: declared === 'AutoNumber' ? (textOf(xml, 'displayFormat') ?? '{0}') : null,
    createable: isWritten,
    updateable: isWritten && (!isMaster || isTrue(xml, 'reparentableMasterDetail')),
    ...lookup(org, declared, xml, fail),
    picklist,
    restricted: isTrue(child(xml, 'valueSet'), 'restricted'),
    defaultValue:
      declared === 'Checkbox' && calculation === null
        ? isTrue(xml, 'defaultValue')
        : (picklist.find((value) => value.default)?.value ?? null),
    fls: name !== 'Name' && !required && !object.endsWith('__e') && !object.endsWith('__mdt'),
    calculation,
    cascade: isMaster,
    ...(declared === 'Html' ? { htmlFormatted: true, extraTypeInfo: 'richtextarea' } : {}),
    mask:
      declared === 'EncryptedText'
        ? { character: textOf(xml, 'maskChar') ?? '', type: textOf(xml, 'maskType') ?? '' }
        : null,
  });
}

function calculationOf(org: Org, object: string, name: string, xml: Xml, fail: Fail): Calculation | null {
  const declared = textOf(xml, 'type') ?? '';
  const source = textOf(xml, 'formula');
  const of = org.schema.object(object);
  if (source !== undefined && of) {
    try {
      return {
        kind: 'formula',
        source,
        terms: parseFormula(org.schema, of, source, TYPES[declared] ?? 'string'),
      };
    } catch (error) {
      throw fail(error instanceof Error ? error.message : String(error));
    }
  }
  if (declared === 'Location') {
    const part = (word: string) => name.replace(/__c$/, `__${word}__s`);
    return { kind: 'location', latitude: part('Latitude'), longitude: part('Longitude') };
  }
  return declared === 'Summary' ? summaryOf(org, object, xml, fail) : null;
}

/** The field of the details that a summary has the type of. */
const summedField = (org: Org, calculation: Calculation | null) =>
  calculation?.kind === 'summary' && calculation.field !== null
    ? org.schema.field(calculation.child, calculation.field)
    : undefined;

function summaryOf(org: Org, object: string, xml: Xml, fail: Fail): Calculation {
  const [childName = '', parentField = ''] = (textOf(xml, 'summaryForeignKey') ?? '').split('.');
  const link = org.schema.field(childName, parentField);
  if (!link?.cascade || !link.referenceTo.includes(object))
    throw fail(
      `summaryForeignKey: ${childName}.${parentField} is no master-detail relationship to ${object}`,
    );
  const operation = (['count', 'sum', 'min', 'max'] as const).find(
    (one) => one === textOf(xml, 'summaryOperation'),
  );
  if (!operation) throw fail(`'${textOf(xml, 'summaryOperation')}' is not a valid summaryOperation`);
  if (child(xml, 'summaryFilterItems')) throw fail('The local org does not work out filtered summaries');
  const summed = textOf(xml, 'summarizedField')?.split('.')[1] ?? null;
  if (operation !== 'count' && (summed === null || !org.schema.field(childName, summed)))
    throw fail(`summarizedField value of '${textOf(xml, 'summarizedField')}' does not resolve to a field`);
  return { kind: 'summary', operation, child: childName, parentField, field: summed };
}

function lookup(org: Org, declared: string, xml: Xml, fail: Fail): Partial<FieldSchema> {
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

function valuesOf(org: Org, xml: Xml, fail: Fail): PicklistValue[] {
  const set = child(xml, 'valueSet');
  const shared = textOf(set, 'valueSetName');
  const file = shared === undefined ? undefined : kept(org, 'GlobalValueSet', shared);
  if (shared !== undefined && file === undefined)
    throw fail(`In field: valueSet - no GlobalValueSet named ${shared} found`);
  const values =
    file === undefined
      ? children(child(set, 'valueSetDefinition'), 'value')
      : children(parseXml(file).root, 'customValue');
  return values.map((value) => ({
    value: textOf(value, 'fullName') ?? '',
    label: textOf(value, 'label') ?? textOf(value, 'fullName') ?? '',
    active: textOf(value, 'isActive') !== 'false',
    default: isTrue(value, 'default'),
  }));
}
