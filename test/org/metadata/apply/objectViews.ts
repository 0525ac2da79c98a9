import type { Org } from '../../org.ts';
import type { ObjectSchema } from '../../schema/types.ts';
import { ComponentProblem } from '../component.ts';
import { keep } from '../keep.ts';
import { children, textOf, type Xml } from '../xml.ts';

/** Names that list views have for fields of the platform. */
const LIST_COLUMNS = new Set([
  'NAME',
  'CREATED_DATE',
  'CREATEDBY_USER',
  'LAST_UPDATE',
  'UPDATEDBY_USER',
  'OWNER.ALIAS',
  'OWNER.FIRST_NAME',
  'OWNER.LAST_NAME',
]);
const COMPACT_FIELDS = 10;
/** Text areas from this length on are long: neither lists nor compact layouts show them. */
const LONG_TEXT = 256;

const isLong = (object: ObjectSchema, name: string) => {
  const field = object.fields.get(name);
  return field?.type === 'textarea' && field.length >= LONG_TEXT;
};

/** A list view of an object: its columns and filters name what can be listed. */
export function applyListView(org: Org, object: ObjectSchema, xml: Xml, source: string): void {
  const name = textOf(xml, 'fullName') ?? '';
  const part = { type: 'ListView', name: `${object.name}.${name}` };
  for (const element of ['label', 'filterScope'])
    if (textOf(xml, element) === undefined)
      throw new ComponentProblem(`Required field is missing: ${element}`, part);
  const columns = children(xml, 'columns').map((one) => String(one['#text'] ?? ''));
  const filters = children(xml, 'filters').map((one) => textOf(one, 'field') ?? '');
  for (const column of [...columns, ...filters]) {
    const isKnown = column.endsWith('__c') ? object.fields.has(column) : LIST_COLUMNS.has(column);
    if (!isKnown || isLong(object, column))
      throw new ComponentProblem(`Could not resolve list view column: ${column}`, part);
  }
  keep(org, 'ListView', part.name, source);
}

/** A compact layout of an object: ten fields at most. */
export function applyCompactLayout(org: Org, object: ObjectSchema, xml: Xml, source: string): void {
  const name = textOf(xml, 'fullName') ?? '';
  const part = { type: 'CompactLayout', name: `${object.name}.${name}` };
  if (textOf(xml, 'label') === undefined)
    throw new ComponentProblem('Required field is missing: label', part);
  const fields = children(xml, 'fields').map((one) => String(one['#text'] ?? ''));
  if (fields.length === 0 || fields.length > COMPACT_FIELDS)
    throw new ComponentProblem(`A compact layout has from one to ${COMPACT_FIELDS} fields`, part);
  for (const field of fields) {
    if (!object.fields.has(field) || isLong(object, field))
      throw new ComponentProblem(
        `In field: fields - no CustomField named ${object.name}.${field} found`,
        part,
      );
  }
  keep(org, 'CompactLayout', part.name, source);
}

/** Which compact layout an object shows: one of its own, or the platform's. */
export function checkAssignment(org: Org, object: ObjectSchema, assigned: string): void {
  if (assigned !== 'SYSTEM' && !org.metadata.get('CompactLayout')?.has(`${object.name}.${assigned}`))
    throw new ComponentProblem(
      `In field: compactLayoutAssignment - no CompactLayout named ${object.name}.${assigned} found`,
    );
}

/** Takes a list view or a compact layout out of the file of its object too. */
export function removeView(org: Org, type: 'ListView' | 'CompactLayout', name: string): boolean {
  const [object = '', view = ''] = name.split('.');
  const file = org.metadata.get('CustomObject')?.get(object)?.toString('utf8') ?? '';
  if (type === 'CompactLayout' && file.includes(`<compactLayoutAssignment>${view}<`))
    throw new ComponentProblem(`This CompactLayout is referenced elsewhere in salesforce.com. ${object}`);
  const element = type === 'ListView' ? 'listViews' : 'compactLayouts';
  const left = file.replaceAll(new RegExp(`\\s*<${element}>[\\s\\S]*?</${element}>`, 'g'), (part) =>
    part.includes(`<fullName>${view}</fullName>`) ? '' : part,
  );
  if (left !== file) keep(org, 'CustomObject', object, left);
  return org.metadata.get(type)?.delete(name) ?? false;
}
