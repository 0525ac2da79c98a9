import type { Connection } from '@salesforce/core';
import type { FlowState, OrgView } from './orgView.ts';
import { queryAll } from './soql.ts';

type DefinitionRow = {
  Id: string;
  DeveloperName: string;
  NamespacePrefix: string | null;
  ActiveVersion: { VersionNumber: number } | null;
  LatestVersion: { VersionNumber: number } | null;
};

/** The flows of the org: which versions, and how many of our kind count against the edition's limit. */
export async function readFlows(connection: Connection): Promise<OrgView['flows']> {
  const [definitions, views] = await Promise.all([
    queryAll<DefinitionRow>(
      connection,
      'SELECT Id, DeveloperName, NamespacePrefix, ActiveVersion.VersionNumber, LatestVersion.VersionNumber FROM FlowDefinition',
      true,
    ),
    queryAll<{ IsActive: boolean }>(
      connection,
      "SELECT IsActive FROM FlowDefinitionView WHERE ProcessType = 'AutoLaunchedFlow'",
    ),
  ]);
  const ours = new Map<string, FlowState>();
  for (const row of definitions) {
    if (row.NamespacePrefix !== null) continue;
    ours.set(row.DeveloperName, {
      definitionId: row.Id,
      activeVersion: row.ActiveVersion?.VersionNumber ?? null,
      latestVersion: row.LatestVersion?.VersionNumber ?? 0,
    });
  }
  return { ours, active: views.filter((view) => view.IsActive).length, total: views.length };
}
