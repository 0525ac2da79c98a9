import type { Org } from '../../org.ts';
import { field, systemFields } from '../../schema/fields.ts';
import type { ObjectKind, ObjectSchema } from '../../schema/types.ts';
import { ADMIN } from '../../seed.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { child, children, parseXml, textOf, type Xml } from '../xml.ts';
import { keep, kept } from '../keep.ts';
import { addLayout, assignLayout, layoutFile } from '../seedMetadata.ts';
import { applyBusinessProcess, applyRecordType } from './caseProcess.ts';
import { fieldFrom, fieldsFrom } from './customField.ts';
import { applyCompactLayout, applyListView, checkAssignment } from './objectViews.ts';

export type Part = { readonly type: 'CustomField'; readonly name: string; readonly created: boolean };

/** Applies an object file: makes the object if it is new, then what it carries. Returns the fields it carried. */
export function applyCustomObject(
  org: Org,
  { name, file }: Component,
): { parts: readonly Part[]; own?: true } {
  const text = file.toString('utf8');
  const { root } = parseXml(text);
  const known = org.schema.object(name);
  if (!known && !/__(?:c|e|mdt)$/.test(name))
    throw new ComponentProblem(`Entity of type 'CustomObject' named '${name}' cannot be found`);
  const isDefinition = textOf(root, 'label') !== undefined;
  if (!known && !isDefinition)
    throw new ComponentProblem('Must specify a non-empty label for the CustomObject');
  if (!known) {
    org.schema.put(newObject(org, name, root));
    if (name.endsWith('__c')) addFirstLayout(org, name);
  }
  // A formula names fields that may come with it.
  const fields = [...children(root, 'fields')].sort((a, b) => Number(isFormula(a)) - Number(isFormula(b)));
  const parts = fields.map((xml) => applyField(org, name, xml, text));
  for (const xml of children(root, 'businessProcesses'))
    applyBusinessProcess(org, name, xml, sourceOf(text, 'businessProcesses', xml));
  for (const xml of children(root, 'recordTypes'))
    applyRecordType(org, name, xml, sourceOf(text, 'recordTypes', xml));
  applyViews(org, name, root, text);
  const overrides = text.match(/<actionOverrides>[\s\S]*?<\/actionOverrides>/g);
  if (overrides) keep(org, 'ActionOverrides', name, overrides.join('\n    '));
  // A file of a standard object, or one without a definition, brings parts; it does not replace the object.
  return isDefinition ? { parts } : { parts, own: true };
}

function applyViews(org: Org, name: string, root: Xml, text: string): void {
  const object = org.schema.object(name);
  if (!object) return;
  for (const xml of children(root, 'compactLayouts'))
    applyCompactLayout(org, object, xml, sourceOf(text, 'compactLayouts', xml));
  for (const xml of children(root, 'listViews'))
    applyListView(org, object, xml, sourceOf(text, 'listViews', xml));
  const assigned = textOf(root, 'compactLayoutAssignment');
  if (assigned !== undefined) checkAssignment(org, object, assigned);
}

/** The platform makes a layout of every new object, and everybody has it. */
function addFirstLayout(org: Org, name: string): void {
  const layout = `${org.schema.object(name)?.label ?? name} Layout`;
  if (kept(org, 'Layout', `${name}-${layout}`) !== undefined) return;
  org.records.transact(org.userId(ADMIN), null, () => {
    addLayout(org, name, layout, layoutFile([['Name'], []], []));
    assignLayout(org, name, layout);
  });
}

const isFormula = (xml: Xml) => textOf(xml, 'formula') !== undefined;

/** The text of a part, as it was deployed. */
function sourceOf(text: string, element: string, xml: Xml): string {
  const name = `<fullName>${textOf(xml, 'fullName') ?? ''}</fullName>`;
  const parts = text.match(new RegExp(`<${element}>[\\s\\S]*?</${element}>`, 'g')) ?? [];
  return parts.find((part) => part.includes(name)) ?? '';
}

/** A field that a saved org kept by itself. */
export function applyKeptField(org: Org, { name, file }: Component): { own: true } {
  const text = file.toString('utf8');
  const [object = ''] = name.split('.');
  if (text !== '') applyField(org, object, parseXml(text).root, text);
  return { own: true };
}

function applyField(org: Org, object: string, xml: Xml, text: string): Part {
  const name = textOf(xml, 'fullName') ?? '';
  const created = org.schema.field(object, name) === undefined;
  if (created && !name.endsWith('__c'))
    throw new ComponentProblem(`Custom field name must end with __c: ${name}`, {
      type: 'CustomField',
      name: `${object}.${name}`,
    });
  if (name.endsWith('__c'))
    for (const one of fieldsFrom(org, object, name, xml)) org.schema.putField(object, one);
  // Of a custom object, the object's own file has it.
  const isStandard = org.schema.object(object)?.custom === false;
  keep(org, 'CustomField', `${object}.${name}`, isStandard ? sourceOf(text, 'fields', xml) : '');
  return { type: 'CustomField', name: `${object}.${name}`, created };
}

function newObject(org: Org, name: string, root: Xml): ObjectSchema {
  const kind: ObjectKind = name.endsWith('__e')
    ? 'event'
    : name.endsWith('__mdt')
      ? 'customMetadata'
      : 'object';
  if (kind === 'event' && !org.features.platformEvents)
    throw new ComponentProblem('Platform events are not available in this organization');
  if (kind === 'event' && textOf(root, 'eventType') !== 'HighVolume')
    throw new ComponentProblem(
      'Standard-volume platform events can no longer be defined: eventType must be HighVolume',
    );
  if (kind === 'customMetadata' && !org.features.customMetadata)
    throw new ComponentProblem('Custom metadata types are not available in this organization');
  if (kind === 'object' && !child(root, 'nameField'))
    throw new ComponentProblem('Must specify a nameField for a custom object');
  if (kind !== 'event' && textOf(root, 'pluralLabel') === undefined)
    throw new ComponentProblem('Must specify a non-empty pluralLabel for the CustomObject');
  if (kind === 'object' && textOf(root, 'sharingModel') === undefined)
    throw new ComponentProblem('Must specify a sharingModel for the CustomObject');
  const nameXml = child(root, 'nameField');
  const own =
    kind === 'object' && nameXml
      ? [fieldFrom(org, name, 'Name', nameXml)]
      : kind === 'customMetadata'
        ? developerNames()
        : [];
  const system = { object: systemFields, event: () => [], customMetadata: keptFields }[kind]();
  // A detail belongs to whom its master belongs to.
  const owner =
    kind === 'object' && textOf(root, 'sharingModel') !== 'ControlledByParent'
      ? [
          field('OwnerId', 'reference', {
            referenceTo: ['User'],
            relationshipName: 'Owner',
            fls: false,
            custom: false,
          }),
        ]
      : [];
  const prefixes = { object: 'a', event: 'e', customMetadata: 'm' };
  const number = org.schema.objects().filter((object) => object.kind === kind && object.custom).length;
  return {
    name,
    label: textOf(root, 'label') ?? name,
    labelPlural: textOf(root, 'pluralLabel') ?? name,
    keyPrefix: `${prefixes[kind]}${String(number).padStart(2, '0')}`,
    kind,
    custom: true,
    permissionable: kind !== 'customMetadata',
    fields: new Map([...system, ...own, ...owner].map((one) => [one.name, one])),
  };
}

/** A record of custom metadata has neither dates nor people. */
const keptFields = () => systemFields().filter(({ name }) => name === 'Id' || name === 'SystemModstamp');

const developerNames = () =>
  ['DeveloperName', 'MasterLabel', 'Label', 'Language', 'NamespacePrefix', 'QualifiedApiName'].map((name) =>
    field(name, 'string', { length: 80, custom: false, fls: false }),
  );
