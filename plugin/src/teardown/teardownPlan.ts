import { disallow } from '../merge/caseProcess.ts';
import { missingInLayout, removeFromLayout } from '../merge/layout.ts';
import { displace, isPlaced } from '../merge/recordPage.ts';
import { sessionSettingsFile } from '../merge/sessionSettings.ts';
import { withoutValues } from '../merge/valueSet.ts';
import { elementsNamed, parseXml, textOf } from '../merge/xml.ts';
import { findFile, membersOf, pathParts, type Members } from '../org/manifest.ts';
import type { Files, OrgView } from '../org/orgView.ts';
import type { Change } from '../requirements/requirement.ts';

/** What a teardown takes away, and what it changes back. */
export type TeardownPlan = {
  /** In the order in which they can go: what others refer to comes last. */
  readonly removed: readonly Members[];
  readonly flows: readonly string[];
  /** Files of the org with what we added taken out. */
  readonly files: Files;
  /** In words, what of the org's own is changed. */
  readonly restored: readonly string[];
};

/** The types of ours, in the order of removal. */
const ORDER = [
  'CustomApplication',
  'CustomTab',
  'QuickAction',
  'FlexiPage',
  'Report',
  'ReportType',
  'PermissionSet',
  'PlatformEventChannelMember',
  'PlatformEventChannel',
  'LightningComponentBundle',
  'CustomLabel',
  'CustomMetadata',
  'CustomObject',
  'ExternalClientApplication',
];
const LINK_LISTS = ['Account', 'Contact', 'Case'].map((object) => `Desk_Link__c.${object}__c`);

/**
 * Plans the removal of all that is ours in an org. What setup added to the org's own metadata is taken back where
 * `recorded` says that it was; the related lists and components that would dangle go in any case. Pure.
 */
export function teardownPlan(
  view: OrgView,
  recorded: readonly Change[],
  flowVersions: readonly string[],
  configRecords: readonly string[],
): TeardownPlan {
  const ours = membersOf(new Map([...view.wanted].filter(([path]) => view.present.has(path))));
  const members = (type: string) => ours.find((one) => one.name === type)?.members ?? [];
  const labels = labelNames(view);
  const app = [...view.present.keys()].some((path) => path.startsWith('externalClientApps/DeskConnect.'));
  const named: Readonly<Record<string, readonly string[]>> = {
    // A folder goes once it is empty.
    Report: [...members('Report')].reverse(),
    CustomLabel: labels,
    CustomMetadata: configRecords,
    ExternalClientApplication: app ? ['DeskConnect'] : [],
  };
  const removed = ORDER.map((name) => ({ name, members: named[name] ?? members(name) }));
  const withFlows = [{ name: 'Flow', members: flowVersions }, ...removed].filter(
    (one) => one.members.length > 0,
  );
  const files = new Map<string, string>();
  const restored: string[] = [];
  const edit = (path: string, what: string, change: (text: string) => string) => {
    const before = files.get(path) ?? view.present.get(path);
    if (before === undefined) return;
    const after = change(before);
    if (after === before) return;
    files.set(path, after);
    restored.push(what);
  };
  for (const path of view.present.keys()) {
    const { folder, name } = pathParts(path);
    if (folder === 'layouts') edit(path, `layout ${name}: without the list of links`, withoutLinks);
    if (folder === 'flexipages' && isPlaced(view.present.get(path) ?? ''))
      edit(path, `Lightning page ${name}: without deskSyncStatus`, displace);
  }
  for (const change of recorded) takeBack(change, view, edit);
  for (const path of [...files.keys()]) if (view.wanted.has(path)) files.delete(path);
  return { removed: withFlows, flows: members('Flow'), files, restored };
}

type Edit = (path: string, what: string, change: (text: string) => string) => void;

function takeBack(change: Change, view: OrgView, edit: Edit): void {
  switch (change.kind) {
    case 'addValues': {
      const names = change.values.map((value) => value.fullName);
      return edit(
        `standardValueSets/${change.valueSet}.standardValueSet`,
        `${change.valueSet}: without ${names.join(', ')} (records keep the value that they have)`,
        (text) => withoutValues(text, names),
      );
    }
    case 'allow':
      return edit('objects/Case.object', 'support processes and record types of Case as they were', (text) =>
        disallow(text, change.allowances),
      );
    case 'addToLayout': {
      const path = findFile(view.present, 'layouts', change.layout)?.path;
      return edit(path ?? '', `layout ${change.layout} as it was`, (text) =>
        removeFromLayout(text, change.additions),
      );
    }
    case 'relaxSessions':
      return edit('settings/Security.settings', 'session settings as they were', () =>
        sessionSettingsFile(change.before),
      );
    case 'placeComponent':
    case 'deploy':
    case 'activateFlow':
    case 'assign':
      return undefined;
  }
}

function withoutLinks(layout: string): string {
  const relatedLists = LINK_LISTS.map((name) => ({ name, columns: [] }));
  const absent = missingInLayout(layout, { relatedLists, fields: [] }).relatedLists.map((list) => list.name);
  return removeFromLayout(layout, {
    relatedLists: relatedLists.filter((list) => !absent.includes(list.name)),
    fields: [],
  });
}

/** Labels of ours that the org has; the file that holds them is not ours alone. */
function labelNames({ wanted, present }: OrgView): string[] {
  const path = 'labels/CustomLabels.labels';
  const names = (files: Files) => {
    const file = files.get(path);
    return file === undefined
      ? []
      : elementsNamed(parseXml(file), 'labels').map((label) => textOf(label, 'fullName') ?? '');
  };
  const there = new Set(names(present));
  return names(wanted).filter((name) => there.has(name));
}
