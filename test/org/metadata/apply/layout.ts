import type { Org } from '../../org.ts';
import { ADMIN } from '../../seed.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { children, parseXml, textOf, type Xml } from '../xml.ts';

/** Related lists of the platform, of those that layouts of accounts, contacts and cases show. */
const RELATED_LISTS = new Set([
  'RelatedCaseList',
  'RelatedContactList',
  'RelatedOpportunityList',
  'RelatedActivityList',
  'RelatedHistoryList',
  'RelatedEmailMessageList',
  'RelatedCommentsList',
  'RelatedNoteList',
  'RelatedAttachmentList',
  'RelatedFileList',
  'RelatedContactRoleList',
  'RelatedEntityHistoryList',
  'RelatedSolutionList',
]);

/** A page layout: its fields and related lists must exist, and none twice. */
export function applyLayout(org: Org, { name, file }: Component): void {
  const [object = '', ...rest] = name.split('-');
  const schema = org.schema.object(object);
  if (!schema || rest.length === 0)
    throw new ComponentProblem(`Parent entity failed to deploy: no object ${object}`);
  const { root } = parseXml(file.toString('utf8'));
  const columns = children(root, 'layoutSections').flatMap((one) => children(one, 'layoutColumns'));
  const fields = columns
    .flatMap((one) => children(one, 'layoutItems'))
    .flatMap((item) => textOf(item, 'field') ?? []);
  refuseTwice(fields, (field) => `Duplicate layout item: ${field}`);
  for (const field of fields) {
    if (!schema.fields.has(field))
      throw new ComponentProblem(`In field: field - no CustomField named ${object}.${field} found`);
  }
  const required = [...schema.fields.values()].find(
    (field) => schema.custom && field.custom && field.required && !fields.includes(field.name),
  );
  if (required)
    throw new ComponentProblem(`Layout must contain an item for required layout field: ${required.name}`);
  const lists = children(root, 'relatedLists').map((list) => relatedList(org, object, list));
  refuseTwice(lists, (list) => `Duplicate related list: ${list}`);
  keepRow(org, object, rest.join('-'));
}

function relatedList(org: Org, object: string, list: Xml): string {
  const name = textOf(list, 'relatedList') ?? '';
  const [child = '', lookup] = name.split('.');
  const known =
    lookup === undefined
      ? RELATED_LISTS.has(name)
      : org.schema.field(child, lookup)?.referenceTo.includes(object) === true;
  if (!known) throw new ComponentProblem(`Cannot find related list:${name}`);
  for (const field of children(list, 'fields')) {
    const column = String(field['#text'] ?? '');
    if (lookup !== undefined && column !== 'NAME' && !org.schema.field(child, column))
      throw new ComponentProblem(`Invalid field:${column} in related list:${name}`);
  }
  return name;
}

function refuseTwice(names: readonly string[], problem: (name: string) => string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ComponentProblem(problem(twice));
}

function keepRow(org: Org, object: string, name: string): void {
  const schema = org.schema.object('Layout');
  const known = [...org.records.rows('Layout').values()].some(
    (row) => row['Name'] === name && row['TableEnumOrId'] === object,
  );
  if (!schema || known) return;
  org.records.transact(org.userId(ADMIN), null, () =>
    org.records.insert(schema, { Name: name, TableEnumOrId: object }),
  );
}

/** The layouts of an object go with it. */
export function removeLayoutsOf(org: Org, object: string): void {
  for (const name of [...(org.metadata.get('Layout')?.keys() ?? [])])
    if (name.startsWith(`${object}-`)) org.metadata.get('Layout')?.delete(name);
  for (const type of ['Layout', 'ProfileLayout'])
    for (const row of [...org.records.rows(type).values()])
      if (row['TableEnumOrId'] === object) org.records.rows(type).delete(row.Id);
}

/** @throws ComponentProblem for a layout that is assigned */
export function removeLayout(org: Org, fullName: string): void {
  const [object = '', ...rest] = fullName.split('-');
  for (const row of [...org.records.rows('Layout').values()]) {
    if (row['Name'] !== rest.join('-') || row['TableEnumOrId'] !== object) continue;
    if ([...org.records.rows('ProfileLayout').values()].some((one) => one['LayoutId'] === row.Id))
      throw new ComponentProblem('Cannot delete a layout that is assigned');
    org.records.rows('Layout').delete(row.Id);
  }
}
