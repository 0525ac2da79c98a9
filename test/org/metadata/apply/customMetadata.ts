import { XMLParser } from 'fast-xml-parser';
import type { Org } from '../../org.ts';
import { SalesforceError } from '../../records/errors.ts';
import type { Fields } from '../../records/validate.ts';
import type { FieldSchema, ObjectSchema } from '../../schema/types.ts';
import { ADMIN } from '../../seed.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { parseXml, textOf } from '../xml.ts';

/** `value` with its attributes, which tell the type of what it holds. */
type Value = { readonly '#text'?: string; readonly '@_type'?: string; readonly '@_nil'?: string };
type Values = { readonly field?: string; readonly value?: Value | string };

const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => name === 'values',
});
const XSD: Partial<Record<FieldSchema['type'], string>> = {
  boolean: 'boolean',
  double: 'double',
  percent: 'double',
  date: 'date',
  datetime: 'dateTime',
};
const LONGEST = 40;

/** Applies a custom metadata record, `Type.Record`, as a row that SOQL finds. */
export function applyCustomMetadata(org: Org, { name, file }: Component): void {
  const [typeName = '', developerName = ''] = name.split('.');
  const object = org.schema.object(`${typeName}__mdt`);
  if (!object)
    throw new ComponentProblem(`In field: typeName - no CustomObject named ${typeName}__mdt found`);
  checkName(developerName);
  const text = file.toString('utf8');
  const { root } = parseXml(text);
  const label = textOf(root, 'label');
  if (label === undefined) throw new ComponentProblem('Required fields are missing: [MasterLabel]');
  if (label.length > LONGEST)
    throw new ComponentProblem(`Label: data value too large: ${label} (max length=${LONGEST})`);
  const fields = {
    DeveloperName: developerName,
    MasterLabel: label,
    Label: label,
    Language: 'en_US',
    QualifiedApiName: developerName,
    ...valuesOf(object, text),
  };
  put(org, object, developerName, fields);
}

function checkName(name: string): void {
  const isName = /^[a-z](?:_?[a-z0-9])*$/i.test(name) && name.length <= LONGEST;
  if (!isName)
    throw new ComponentProblem(
      `The Custom Metadata Record Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores: ${name}`,
    );
}

function valuesOf(object: ObjectSchema, text: string): Fields {
  const { CustomMetadata: root } = parser.parse(text) as {
    CustomMetadata?: { values?: readonly Values[] };
  };
  const fields: Fields = {};
  for (const { field: name = '', value } of root?.values ?? []) {
    const field = object.fields.get(name);
    if (!field?.custom)
      throw new ComponentProblem(`In field: ${name} - no CustomField named ${object.name}.${name} found`);
    if (name in fields) throw new ComponentProblem(`Duplicate value for the field ${name}`);
    fields[name] = valueOf(field, value, text);
  }
  return fields;
}

function valueOf(field: FieldSchema, given: Value | string | undefined, text: string): string | null {
  const value: Value = typeof given === 'object' ? given : given === undefined ? {} : { '#text': given };
  const uses = (prefix: string) => text.includes(`xmlns:${prefix}=`);
  if (value['@_nil'] === 'true' && uses('xsi')) return null;
  const wanted = XSD[field.type] ?? 'string';
  if (value['@_type'] !== `xsd:${wanted}` || !uses('xsi') || !uses('xsd'))
    throw new ComponentProblem(
      `In field: ${field.name} - the value must be of the type xsd:${wanted}, and not ${value['@_type'] ?? 'without one'}`,
    );
  return value['#text'] ?? null;
}

function put(org: Org, object: ObjectSchema, developerName: string, fields: Fields): void {
  const known = findRecord(org, object.name, developerName);
  try {
    org.records.transact(org.userId(ADMIN), null, () => {
      if (known) org.records.update(object, known.Id, fields);
      else org.records.insert(object, fields);
    });
  } catch (error) {
    if (error instanceof SalesforceError) throw new ComponentProblem(error.message);
    throw error;
  }
}

/** Names are the same whatever the case of their letters. */
const findRecord = (org: Org, object: string, developerName: string) =>
  [...org.records.rows(object).values()].find(
    (row) =>
      row['IsDeleted'] !== true && String(row['DeveloperName']).toLowerCase() === developerName.toLowerCase(),
  );

/** Takes the row of a record away. */
export function removeCustomMetadata(org: Org, name: string): void {
  const [typeName = '', developerName = ''] = name.split('.');
  const object = org.schema.object(`${typeName}__mdt`);
  const row = object && findRecord(org, object.name, developerName);
  if (object && row) org.records.transact(org.userId(ADMIN), null, () => org.records.delete(object, row.Id));
}
