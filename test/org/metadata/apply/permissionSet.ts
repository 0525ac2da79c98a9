import type { Org } from '../../org.ts';
import type { ObjectSchema } from '../../schema/types.ts';
import { ADMIN } from '../../seed.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { children, isTrue, parseXml, textOf, type Xml } from '../xml.ts';

/** Applies a permission set whole: what the file does not grant is not granted any more. */
export function applyPermissionSet(org: Org, { name, file }: Component): void {
  const { root } = parseXml(file.toString('utf8'));
  const label = textOf(root, 'label');
  if (label === undefined) throw new ComponentProblem('Required field is missing: label');
  org.records.transact(org.userId(ADMIN), null, () => {
    const id = putSet(org, name, label, root);
    clear(org, 'ObjectPermissions', id);
    clear(org, 'FieldPermissions', id);
    for (const xml of children(root, 'objectPermissions')) grantObject(org, id, xml);
    for (const xml of children(root, 'fieldPermissions')) grantField(org, id, xml);
    for (const xml of children(root, 'customMetadataTypeAccesses')) checkType(org, textOf(xml, 'name') ?? '');
    for (const xml of children(root, 'applicationVisibilities'))
      checkApp(org, textOf(xml, 'application') ?? '');
    for (const xml of children(root, 'tabSettings')) checkTab(org, xml);
    for (const xml of children(root, 'recordTypeVisibilities'))
      checkRecordType(org, textOf(xml, 'recordType') ?? '');
  });
}

function checkType(org: Org, name: string): void {
  if (org.schema.object(name)?.kind !== 'customMetadata')
    throw new ComponentProblem(`In field: name - no CustomObject named ${name} found`);
}

function checkApp(org: Org, name: string): void {
  if (!name.startsWith('standard__') && !org.metadata.get('CustomApplication')?.has(name))
    throw new ComponentProblem(`In field: application - no CustomApplication named ${name} found`);
}

function checkTab(org: Org, xml: Xml): void {
  const [tab, visibility] = [textOf(xml, 'tab') ?? '', textOf(xml, 'visibility') ?? ''];
  if (!tab.startsWith('standard-') && !org.metadata.get('CustomTab')?.has(tab))
    throw new ComponentProblem(`In field: tab - no CustomTab named ${tab} found`);
  if (!['Visible', 'Available', 'None'].includes(visibility))
    throw new ComponentProblem(
      `'${visibility}' is not a valid value for the enum 'PermissionSetTabVisibility'`,
    );
}

function checkRecordType(org: Org, fullName: string): void {
  const known = [...org.records.rows('RecordType').values()].some(
    (row) => `${row['SobjectType']}.${row['DeveloperName']}` === fullName && row['IsDeleted'] !== true,
  );
  if (!known) throw new ComponentProblem(`In field: recordType - no RecordType named ${fullName} found`);
}

const objectNamed = (org: Org, name: string): ObjectSchema => {
  const object = org.schema.object(name);
  if (!object) throw new ComponentProblem(`In field: field - no CustomObject named ${name} found`);
  return object;
};

function putSet(org: Org, name: string, label: string, root: Xml): string {
  const object = objectNamed(org, 'PermissionSet');
  const all = [...object.fields.keys()].filter((field) => field.startsWith('Permissions'));
  const permissions: Record<string, boolean> = Object.fromEntries(all.map((field) => [field, false]));
  for (const xml of children(root, 'userPermissions')) {
    const field = `Permissions${textOf(xml, 'name') ?? ''}`;
    if (!all.includes(field)) throw new ComponentProblem(`Unknown user permission: ${textOf(xml, 'name')}`);
    permissions[field] = isTrue(xml, 'enabled');
  }
  const fields = { Label: label, Description: textOf(root, 'description') ?? null, ...permissions };
  const known = [...org.records.rows('PermissionSet').values()].find(
    (row) => row['Name'] === name && row['IsDeleted'] !== true,
  );
  if (!known) return org.records.insert(object, { Name: name, ...fields });
  org.records.update(object, known.Id, fields);
  return known.Id;
}

function clear(org: Org, objectName: string, parentId: string): void {
  const object = objectNamed(org, objectName);
  for (const row of [...org.records.rows(objectName).values()]) {
    if (row['ParentId'] === parentId && row['IsDeleted'] !== true) org.records.delete(object, row.Id);
  }
}

function grantObject(org: Org, parentId: string, xml: Xml): void {
  const object = objectNamed(org, textOf(xml, 'object') ?? '');
  if (!object.permissionable)
    throw new ComponentProblem(`You can't set object permissions for ${object.name}`);
  const rights = {
    PermissionsCreate: isTrue(xml, 'allowCreate'),
    PermissionsRead: isTrue(xml, 'allowRead'),
    PermissionsEdit: isTrue(xml, 'allowEdit'),
    PermissionsDelete: isTrue(xml, 'allowDelete'),
    PermissionsViewAllRecords: isTrue(xml, 'viewAllRecords'),
    PermissionsModifyAllRecords: isTrue(xml, 'modifyAllRecords'),
  };
  const need = (right: boolean, ...others: [string, boolean][]) => {
    const missing = right ? others.find(([, granted]) => !granted) : undefined;
    if (missing)
      throw new ComponentProblem(
        `Permission ${object.name} depends on permission(s): ${missing[0]} ${object.name}`,
      );
  };
  need(rights.PermissionsCreate || rights.PermissionsEdit || rights.PermissionsViewAllRecords, [
    'Read',
    rights.PermissionsRead,
  ]);
  need(rights.PermissionsDelete, ['Edit', rights.PermissionsEdit]);
  need(
    rights.PermissionsModifyAllRecords,
    ['Delete', rights.PermissionsDelete],
    ['ViewAllRecords', rights.PermissionsViewAllRecords],
  );
  org.records.insert(objectNamed(org, 'ObjectPermissions'), {
    ParentId: parentId,
    SobjectType: object.name,
    ...rights,
  });
}

function grantField(org: Org, parentId: string, xml: Xml): void {
  const full = textOf(xml, 'field') ?? '';
  const [objectName = '', fieldName = ''] = full.split('.');
  const field = org.schema.object(objectName)?.fields.get(fieldName);
  if (!field) throw new ComponentProblem(`In field: field - no CustomField named ${full} found`);
  if (field.required || !field.fls)
    throw new ComponentProblem(`You cannot deploy to a required field: ${full}`);
  const readable = isTrue(xml, 'readable');
  const editable = isTrue(xml, 'editable');
  if (editable && !readable) throw new ComponentProblem(`Field ${full} is editable and not readable`);
  const isPlace = field.type === 'location';
  if (editable && !field.updateable && !field.createable && !isPlace)
    throw new ComponentProblem(`Field ${full} is not editable`);
  org.records.insert(objectNamed(org, 'FieldPermissions'), {
    ParentId: parentId,
    SobjectType: objectName,
    Field: full,
    PermissionsRead: readable,
    PermissionsEdit: editable,
  });
}
