import type { Org } from '../../org.ts';
import { ADMIN } from '../../seed.ts';
import { ComponentProblem } from '../component.ts';
import { keep } from '../keep.ts';
import { reference } from '../../schema/fields.ts';
import { children, textOf, type Xml } from '../xml.ts';

/** A support process (or one of another object): the values of the status that its records may take. */
export function applyBusinessProcess(org: Org, object: string, xml: Xml, source: string): void {
  const name = textOf(xml, 'fullName') ?? '';
  checkValues(org, object, 'Status', children(xml, 'values'));
  put(org, 'BusinessProcess', `${object}.${name}`, source, { Name: name, TableEnumOrId: object }, xml);
}

/** A record type: which values of each picklist its records may take. */
export function applyRecordType(org: Org, object: string, xml: Xml, source: string): void {
  const name = textOf(xml, 'fullName') ?? '';
  const process = textOf(xml, 'businessProcess');
  if (object === 'Case' && process === undefined)
    throw new ComponentProblem('Required field is missing: businessProcess');
  if (process !== undefined && !org.metadata.get('BusinessProcess')?.has(`${object}.${process}`))
    throw new ComponentProblem(
      `In field: businessProcess - no BusinessProcess named ${object}.${process} found`,
    );
  addRecordTypeField(org, object);
  for (const values of children(xml, 'picklistValues'))
    checkValues(org, object, textOf(values, 'picklist') ?? '', children(values, 'values'));
  put(
    org,
    'RecordType',
    `${object}.${name}`,
    source,
    { Name: textOf(xml, 'label') ?? name, DeveloperName: name, SobjectType: object },
    xml,
  );
}

/** The lookup comes with the object's first record type. */
export function addRecordTypeField(org: Org, object: string): void {
  if (!org.schema.field(object, 'RecordTypeId'))
    org.schema.putField(object, reference('RecordTypeId', 'RecordType', null, { fls: false }));
}

function checkValues(org: Org, object: string, fieldName: string, values: readonly Xml[]): void {
  const field = org.schema.field(object, fieldName);
  if (!field) throw new ComponentProblem(`Picklist: ${fieldName} not found on ${object}`);
  for (const value of values) {
    const name = decodeURIComponent(textOf(value, 'fullName') ?? '');
    if (!field.picklist.some((one) => one.value === name && one.active))
      throw new ComponentProblem(`Picklist value: ${name} in picklist: ${fieldName} not found`);
  }
}

function put(
  org: Org,
  type: 'BusinessProcess' | 'RecordType',
  fullName: string,
  source: string,
  fields: Readonly<Record<string, string>>,
  xml: Xml,
): void {
  const object = org.schema.object(type);
  const active = (textOf(xml, 'isActive') ?? textOf(xml, 'active')) === 'true';
  const [first = ''] = Object.keys(fields).slice(type === 'RecordType' ? 1 : 0);
  const known = [...org.records.rows(type).values()].find((row) => row[first] === fields[first]);
  if (object)
    org.records.transact(org.userId(ADMIN), null, () => {
      if (known) org.records.update(object, known.Id, { ...fields, IsActive: active });
      else org.records.insert(object, { ...fields, IsActive: active });
    });
  keep(org, type, fullName, source);
}
