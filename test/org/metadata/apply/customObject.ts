import type { Org } from '../../org.ts';
import { field, systemFields } from '../../schema/fields.ts';
import type { ObjectKind, ObjectSchema } from '../../schema/types.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { child, children, parseXml, textOf, type Xml } from '../xml.ts';
import { fieldFrom } from './customField.ts';

export type Part = { readonly type: 'CustomField'; readonly name: string; readonly created: boolean };

/** Applies an object file: makes the object if it is new, then its fields. Returns the fields it carried. */
export function applyCustomObject(org: Org, { name, file }: Component): Part[] {
  const { root } = parseXml(file.toString('utf8'));
  const known = org.schema.object(name);
  if (!known && !/__(?:c|e|mdt)$/.test(name))
    throw new ComponentProblem(`Entity of type 'CustomObject' named '${name}' cannot be found`);
  const isDefinition = textOf(root, 'label') !== undefined;
  if (!known && !isDefinition)
    throw new ComponentProblem('Must specify a non-empty label for the CustomObject');
  if (!known) org.schema.put(newObject(org, name, root));
  return children(root, 'fields').map((xml) => applyField(org, name, xml));
}

function applyField(org: Org, object: string, xml: Xml): Part {
  const name = textOf(xml, 'fullName') ?? '';
  const created = org.schema.field(object, name) === undefined;
  if (created && !name.endsWith('__c'))
    throw new ComponentProblem(`Custom field name must end with __c: ${name}`, {
      type: 'CustomField',
      name: `${object}.${name}`,
    });
  if (name.endsWith('__c')) org.schema.putField(object, fieldFrom(org, object, name, xml));
  keepSource(org, object, name, xml);
  return { type: 'CustomField', name: `${object}.${name}`, created };
}

/** Fields are kept by themselves too, because a later deployment may bring others of the same object. */
function keepSource(org: Org, object: string, name: string, _xml: Xml): void {
  const fields = org.metadata.get('CustomField') ?? new Map<string, Buffer>();
  org.metadata.set('CustomField', fields);
  fields.set(`${object}.${name}`, Buffer.from(''));
}

function newObject(org: Org, name: string, root: Xml): ObjectSchema {
  const kind: ObjectKind = name.endsWith('__e')
    ? 'event'
    : name.endsWith('__mdt')
      ? 'customMetadata'
      : 'object';
  if (kind === 'event' && textOf(root, 'eventType') !== 'HighVolume')
    throw new ComponentProblem(
      'Standard-volume platform events can no longer be defined: eventType must be HighVolume',
    );
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
  const system = kind === 'event' ? [] : systemFields();
  const owner =
    kind === 'object'
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

const developerNames = () =>
  ['DeveloperName', 'MasterLabel', 'QualifiedApiName'].map((name) =>
    field(name, 'string', { length: 80, custom: false, fls: false }),
  );
