import type { Org } from '../org.ts';
import { applyApp, applyQuickAction, applyTab } from './apply/app.ts';
import { applyLabels, removeLabel } from './apply/labels.ts';
import { applyLayout, removeLayout, removeLayoutsOf } from './apply/layout.ts';
import { applyComponentBundle, applyFlexiPage } from './apply/lightning.ts';
import { removeView } from './apply/objectViews.ts';
import { applyReport, applyReportType, refuseFullFolder } from './apply/report.ts';
import { applySettings } from './apply/settings.ts';
import { applyObjectTranslation, applyTranslations, pruneTranslations } from './apply/translations.ts';
import { applyChannel, applyChannelMember, removeChannelMember } from './apply/eventChannel.ts';
import { applyCustomMetadata, removeCustomMetadata } from './apply/customMetadata.ts';
import { applyCustomObject, applyKeptField, type Part } from './apply/customObject.ts';
import { applyGlobalOauth, applyOauthPolicies, removeApp } from './apply/eca.ts';
import { addRecordTypeField } from './apply/caseProcess.ts';
import { applyFlow, removeFlowVersion } from './apply/flow.ts';
import { applyPermissionSet } from './apply/permissionSet.ts';
import { applyStandardValueSet } from './apply/valueSet.ts';
import type { Component } from './component.ts';
import { CHILD_TYPES, COMPONENT_TYPES, isFolder } from './componentTypes.ts';
import { keep } from './keep.ts';
import { refuseIfUsed } from './usage.ts';

/** `own`: the function keeps what a retrieve is to give; otherwise the file is kept as it came. */
type Applied = { readonly parts?: readonly Part[]; readonly own?: true } | void;

const APPLY: Readonly<Record<string, (org: Org, component: Component) => Applied>> = {
  CustomObject: applyCustomObject,
  CustomField: applyKeptField,
  StandardValueSet: applyStandardValueSet,
  CustomMetadata: applyCustomMetadata,
  CustomLabels: applyLabels,
  Settings: applySettings,
  Layout: applyLayout,
  LightningComponentBundle: applyComponentBundle,
  FlexiPage: applyFlexiPage,
  CustomTab: applyTab,
  CustomApplication: applyApp,
  QuickAction: applyQuickAction,
  ReportType: applyReportType,
  Report: applyReport,
  CustomObjectTranslation: applyObjectTranslation,
  Translations: applyTranslations,
  PlatformEventChannel: applyChannel,
  PlatformEventChannelMember: applyChannelMember,
  Flow: applyFlow,
  PermissionSet: applyPermissionSet,
  ExtlClntAppGlobalOauthSettings: applyGlobalOauth,
  ExtlClntAppOauthConfigurablePolicies: applyOauthPolicies,
};

/** Components in the order in which they can be applied: what others refer to first. */
export function inOrder(components: readonly Component[]): Component[] {
  const rank = (type: string) => COMPONENT_TYPES.findIndex((one) => one.type === (CHILD_TYPES[type] ?? type));
  // Parts that a saved org kept by themselves come after the objects that they are of, or point to.
  const lookups = ({ type, file }: Component) =>
    Number(file.includes('<referenceTo>')) +
    2 * Number(file.includes('<summaryForeignKey>')) +
    (type in CHILD_TYPES ? 4 + 4 * Number(file.includes('<formula>')) : 0);
  return [...components].sort(
    (a, b) => rank(a.type) - rank(b.type) || lookups(a) - lookups(b) || (a.name < b.name ? -1 : 1),
  );
}

/** Gives one component effect. Types without an effect here are kept, to be retrieved again. */
export function applyComponent(org: Org, component: Component): { created: boolean; parts: readonly Part[] } {
  const created = !isThere(org, component);
  const applied = APPLY[component.type]?.(org, component);
  if (applied?.own !== true) keep(org, component.type, component.name, component.file);
  return { created, parts: applied?.parts ?? [] };
}

function isThere(org: Org, { type, name }: Component): boolean {
  return type === 'CustomObject'
    ? org.schema.object(name) !== undefined
    : (org.metadata.get(type)?.has(name) ?? false);
}

/** Applies many, for a saved org whose metadata was valid when it was saved. */
export function applyMetadata(org: Org, components: readonly Component[]): void {
  for (const component of inOrder(components)) {
    // Their effect is in rows, which are saved too, or in nothing else; they only have to be kept.
    if (component.type === 'RecordType') addRecordTypeField(org, component.name.split('.')[0] ?? '');
    if (KEPT_AS_SAVED.has(component.type)) keep(org, component.type, component.name, component.file);
    else applyComponent(org, component);
  }
}

const KEPT_AS_SAVED = new Set([
  'CustomMetadata',
  'PermissionSet',
  'Flow',
  'FlowVersion',
  'BusinessProcess',
  'RecordType',
  'Layout',
  'Settings',
  'Translations',
]);

/** Takes a component away. False when there is none of that name. @throws ComponentProblem when it is in use */
export function removeComponent(org: Org, type: string, name: string): boolean {
  const removed = removeIt(org, type, name);
  if (removed) pruneTranslations(org);
  return removed;
}

function removeIt(org: Org, type: string, name: string): boolean {
  if (type === 'CustomField') {
    const [object = '', field = ''] = name.split('.');
    org.metadata.get('CustomField')?.delete(name);
    const fields = org.schema.object(object)?.fields;
    for (const part of [...(fields?.values() ?? [])]) if (part.compound === field) fields?.delete(part.name);
    return fields?.delete(field) ?? false;
  }
  if (type === 'Flow') return removeFlowVersion(org, name);
  if (type === 'CustomLabel') return removeLabel(org, name);
  if (type === 'ListView' || type === 'CompactLayout') return removeView(org, type, name);
  const there = org.metadata.get(type)?.has(name) ?? false;
  if (!there) return false;
  refuseIfUsed(org, type, name);
  if (type === 'Report' && isFolder(type, name)) refuseFullFolder(org, name);
  org.metadata.get(type)?.delete(name);
  if (type === 'CustomObject') removeWithParts(org, name);
  if (type === 'PlatformEventChannelMember') removeChannelMember(org, name);
  if (type === 'CustomMetadata') removeCustomMetadata(org, name);
  if (type === 'PermissionSet') removePermissionSet(org, name);
  if (type === 'Layout') removeLayout(org, name);
  if (type === 'ExternalClientApplication') removeApp(org, name);
  return true;
}

/** What is an object's own goes with it. */
function removeWithParts(org: Org, name: string): void {
  org.schema.remove(name);
  removeLayoutsOf(org, name);
  for (const [type, mark] of PARTS)
    for (const part of [...(org.metadata.get(type)?.keys() ?? [])])
      if (part.startsWith(`${name}${mark}`)) org.metadata.get(type)?.delete(part);
}

const PARTS = [
  ['ListView', '.'],
  ['CompactLayout', '.'],
  ['QuickAction', '.'],
  ['CustomObjectTranslation', '-'],
] as const;

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
