import { readFlow } from '../../flows/readFlow.ts';
import type { Org } from '../../org.ts';
import { deleteRow, insertRow, updateRow } from '../../records/byName.ts';
import type { StoredRecord } from '../../records/recordStore.ts';
import { ADMIN } from '../../seed.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { keep, kept } from '../keep.ts';

/**
 * Takes a flow as a new version. An active one must be of the kind that the org can run, because it will run.
 * In production a version arrives inactive, whatever its file says, unless the org's flow settings say otherwise.
 */
export function applyFlow(org: Org, { name, file }: Component): { own: true } {
  const text = file.toString('utf8');
  const flow = readFlow(name, text);
  if (flow.active) refuseUnknownObjects(org, flow);
  org.records.transact(org.userId(ADMIN), null, () => {
    const definition = definitionOf(org, name) ?? newDefinition(org, name);
    const number =
      Math.max(0, ...versionsOf(org, definition.Id).map((row) => Number(row['VersionNumber']))) + 1;
    const id = insertRow(org, 'Flow', {
      DefinitionId: definition.Id,
      VersionNumber: number,
      Status: 'Draft',
      ProcessType: 'AutoLaunchedFlow',
    });
    keep(org, 'FlowVersion', `${name}-${number}`, withStatus(text, 'Draft'));
    updateRow(org, 'FlowDefinition', definition.Id, { LatestVersionId: id });
    if (flow.active && arrivesActive(org)) activateFlow(org, definition.Id, number);
    else refresh(org, name);
  });
  return { own: true };
}

/** Makes that version the active one; 0: none is. */
export function activateFlow(org: Org, definitionId: string, number: number): void {
  const definition = org.records.live('FlowDefinition', definitionId);
  const name = String(definition['DeveloperName']);
  const versions = versionsOf(org, definitionId);
  const wanted = versions.find((row) => row['VersionNumber'] === number);
  if (number > 0 && !wanted) throw new ComponentProblem(`Flow ${name} has no version ${number}`);
  if (number > 0 && definition['ActiveVersionId'] === null) refuseOverLimit(org);
  for (const row of versions) {
    const status = row.Id === wanted?.Id ? 'Active' : row['Status'] === 'Active' ? 'Obsolete' : row['Status'];
    if (status === row['Status']) continue;
    updateRow(org, 'Flow', row.Id, { Status: status });
    const key = `${name}-${String(row['VersionNumber'])}`;
    keep(org, 'FlowVersion', key, withStatus(kept(org, 'FlowVersion', key) ?? '', String(status)));
  }
  updateRow(org, 'FlowDefinition', definitionId, { ActiveVersionId: wanted?.Id ?? null });
  refresh(org, name);
}

/** Deletes one version, `Name-2`. @throws ComponentProblem when it is active */
export function removeFlowVersion(org: Org, fullName: string): boolean {
  const [, name = '', number = ''] = /^(.+)-(\d+)$/.exec(fullName) ?? [];
  const definition = definitionOf(org, name);
  const version =
    definition && versionsOf(org, definition.Id).find((row) => row['VersionNumber'] === Number(number));
  if (!definition || !version) return false;
  if (version['Status'] === 'Active')
    throw new ComponentProblem(`insufficient access rights on cross-reference id: ${fullName} is active`);
  org.metadata.get('FlowVersion')?.delete(fullName);
  deleteRow(org, 'Flow', version.Id);
  const [latest] = versionsOf(org, definition.Id).reverse();
  if (latest) {
    updateRow(org, 'FlowDefinition', definition.Id, { LatestVersionId: latest.Id });
    refresh(org, name);
  } else {
    deleteRow(org, 'FlowDefinition', definition.Id);
    org.metadata.get('Flow')?.delete(name);
    for (const row of views(org, name)) deleteRow(org, 'FlowDefinitionView', row.Id);
  }
  return true;
}

function refuseUnknownObjects(org: Org, flow: ReturnType<typeof readFlow>): void {
  if (!org.schema.object(flow.object))
    throw new ComponentProblem(`The flow's start object does not exist: ${flow.object}`);
  for (const create of flow.creates) {
    if (!org.schema.object(create.object))
      throw new ComponentProblem(
        `${create.name} (Create Records) - The object "${create.object}" can't be found`,
      );
  }
}

function arrivesActive(org: Org): boolean {
  const [organization] = org.records.rows('Organization').values();
  const settings = kept(org, 'Settings', 'Flow') ?? '';
  return organization?.['IsSandbox'] === true || /<enableFlowDeployAsActiveEnabled>true</.test(settings);
}

function refuseOverLimit(org: Org): void {
  const active = live(org, 'FlowDefinition').filter((row) => row['ActiveVersionId'] !== null).length;
  if (active >= org.features.activeFlows)
    throw new ComponentProblem(`You have reached the limit of ${org.features.activeFlows} active flows`);
}

/** What a retrieve gives: the active version, or the latest where none is active. */
function refresh(org: Org, name: string): void {
  const definition = definitionOf(org, name);
  const shown = definition?.['ActiveVersionId'] ?? definition?.['LatestVersionId'];
  const number = org.records.get('Flow', String(shown))?.['VersionNumber'];
  keep(org, 'Flow', name, kept(org, 'FlowVersion', `${name}-${String(number)}`) ?? '');
  for (const row of views(org, name))
    updateRow(org, 'FlowDefinitionView', row.Id, { IsActive: definition?.['ActiveVersionId'] !== null });
}

function newDefinition(org: Org, name: string): StoredRecord {
  if (live(org, 'FlowDefinition').length >= org.features.totalFlows)
    throw new ComponentProblem(`You have reached the limit of ${org.features.totalFlows} flows`);
  insertRow(org, 'FlowDefinitionView', {
    ApiName: name,
    ProcessType: 'AutoLaunchedFlow',
    TriggerType: 'RecordAfterSave',
    IsActive: false,
  });
  return org.records.live('FlowDefinition', insertRow(org, 'FlowDefinition', { DeveloperName: name }));
}

const withStatus = (text: string, status: string) =>
  text.replace(/<status>\s*\w+\s*<\/status>/, `<status>${status}</status>`);
const live = (org: Org, name: string) =>
  [...org.records.rows(name).values()].filter((row) => row['IsDeleted'] !== true);
const definitionOf = (org: Org, name: string) =>
  live(org, 'FlowDefinition').find((row) => row['DeveloperName'] === name);
const views = (org: Org, name: string) =>
  live(org, 'FlowDefinitionView').filter((row) => row['ApiName'] === name);
const versionsOf = (org: Org, definitionId: string) =>
  live(org, 'Flow').filter((row) => row['DefinitionId'] === definitionId);
