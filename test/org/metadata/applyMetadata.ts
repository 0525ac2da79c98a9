import type { Org } from '../org.ts';
import { applyChannel, applyChannelMember, removeChannelMember } from './apply/eventChannel.ts';
import { applyCustomMetadata } from './apply/customMetadata.ts';
import { applyCustomObject, type Part } from './apply/customObject.ts';
import { applyGlobalOauth } from './apply/eca.ts';
import { applyFlow } from './apply/flow.ts';
import { applyPermissionSet } from './apply/permissionSet.ts';
import { applyStandardValueSet } from './apply/valueSet.ts';
import type { Component } from './component.ts';
import { COMPONENT_TYPES } from './componentTypes.ts';

type Apply = (org: Org, component: Component) => readonly Part[] | void;

const APPLY: Readonly<Record<string, Apply>> = {
  CustomObject: applyCustomObject,
  StandardValueSet: applyStandardValueSet,
  CustomMetadata: applyCustomMetadata,
  PlatformEventChannel: applyChannel,
  PlatformEventChannelMember: applyChannelMember,
  Flow: applyFlow,
  PermissionSet: applyPermissionSet,
  ExtlClntAppGlobalOauthSettings: applyGlobalOauth,
};

/** Components in the order in which they can be applied: what others refer to first. */
export function inOrder(components: readonly Component[]): Component[] {
  const rank = (type: string) => COMPONENT_TYPES.findIndex((one) => one.type === type);
  const lookups = (component: Component) => component.file.includes('<referenceTo>');
  return [...components].sort(
    (a, b) =>
      rank(a.type) - rank(b.type) || Number(lookups(a)) - Number(lookups(b)) || (a.name < b.name ? -1 : 1),
  );
}

/** Gives one component effect. Types without an effect here are kept, to be retrieved again. */
export function applyComponent(org: Org, component: Component): { created: boolean; parts: readonly Part[] } {
  const files = org.metadata.get(component.type) ?? new Map<string, Buffer>();
  const created = !files.has(component.name);
  const parts = APPLY[component.type]?.(org, component) ?? [];
  files.set(component.name, component.file);
  org.metadata.set(component.type, files);
  return { created, parts };
}

/** Applies many, for a saved org whose metadata was valid when it was saved. */
export function applyMetadata(org: Org, components: readonly Component[]): void {
  for (const component of inOrder(components)) {
    // Fields are within the files of their objects.
    if (component.type !== 'CustomField') applyComponent(org, component);
  }
}

/** Takes a component away. False when there is none of that name. */
export function removeComponent(org: Org, type: string, name: string): boolean {
  if (type === 'CustomField') {
    const [object = '', field = ''] = name.split('.');
    org.metadata.get('CustomField')?.delete(name);
    return org.schema.object(object)?.fields.delete(field) ?? false;
  }
  const had = org.metadata.get(type)?.delete(name) ?? false;
  if (!had) return false;
  if (type === 'CustomObject') org.schema.remove(name);
  if (type === 'PlatformEventChannelMember') removeChannelMember(org, name);
  if (type === 'PermissionSet') removePermissionSet(org, name);
  return true;
}

function removePermissionSet(org: Org, name: string): void {
  const row = [...org.records.rows('PermissionSet').values()].find((one) => one['Name'] === name);
  const drop = (objectName: string, matches: (parent: unknown) => boolean, field: string) => {
    for (const one of [...org.records.rows(objectName).values()])
      if (matches(one[field])) org.records.rows(objectName).delete(one.Id);
  };
  if (!row) return;
  const mine = (parent: unknown) => parent === row.Id;
  drop('ObjectPermissions', mine, 'ParentId');
  drop('FieldPermissions', mine, 'ParentId');
  drop('PermissionSetAssignment', mine, 'PermissionSetId');
  drop('PermissionSet', mine, 'Id');
}
