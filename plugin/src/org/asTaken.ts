import { forOrg, type OrgTraits } from '../merge/permissionSet.ts';
import { withoutMissing } from '../merge/references.ts';
import { parseXml, textOf } from '../merge/xml.ts';
import { membersOf, pathParts, typeOf } from './manifest.ts';
import type { Files, OrgView } from './orgView.ts';

/** What decides of our metadata what an org takes. */
export type Capabilities = OrgView['features'] & {
  readonly manyFlows: boolean;
  /** Metadata types that the org says it has. */
  readonly types: ReadonlySet<string>;
  /** Languages of its Translation Workbench. */
  readonly languages: ReadonlySet<string>;
};

/** Folders of components that only some editions take. */
const COMPONENTS = ['lwc/', 'flexipages/', 'quickActions/'];
/** What makes pages hear at once; the bridge does what is asked without it. Few flows are better kept for the others. */
const FLOWS_FOR_PAGES = ['flows/Desk_Link_Answered', 'flows/Desk_Bridge_Requested_Action'];
/** Types without which the rest is of use all the same. */
const EXTRAS = new Set([
  'CustomApplication',
  'CustomTab',
  'FlexiPage',
  'QuickAction',
  'ReportType',
  'Report',
  'Translations',
  'CustomObjectTranslation',
]);

/** Files that name components which not every org gets. */
const REFERRING = /^(?:applications|permissionsets|translations)\//;

/** Our metadata without what the org cannot take, and with what it needs besides. Pure. */
export function asTaken(ours: Files, able: Capabilities, traits: OrgTraits): Files {
  const without = [
    ...(able.components ? [] : COMPONENTS),
    ...(able.changeEvents ? [] : ['platformEventChannels/', 'platformEventChannelMembers/']),
    // The flows do nothing but publish the event.
    ...(able.platformEvents ? [] : ['objects/Desk_Signal__e', 'flows/']),
    ...(able.manyFlows ? [] : FLOWS_FOR_PAGES),
    ...(able.emailMessages ? [] : ['flows/Desk_Case_Emailed']),
    // A report is made on its type.
    ...(able.reports ? [] : ['reports/', 'reportTypes/']),
  ];
  const isConfigType = (path: string) => /^objects\/\w+__mdt\./.test(path);
  const isTaken = (path: string) =>
    !without.some((prefix) => path.startsWith(prefix)) &&
    (able.customMetadata || !isConfigType(path)) &&
    (able.types.has(typeOf(path)) || !EXTRAS.has(typeOf(path))) &&
    [...languagesOf([path])].every((language) => able.languages.has(language));
  const files = [...ours].filter(([path]) => isTaken(path));
  const pages = new Set(
    files.flatMap(([path]) => (path.startsWith('flexipages/') ? pathParts(path).name : [])),
  );
  const shown = files.filter(([path, text]) => {
    const page = path.startsWith('tabs/') ? textOf(parseXml(text), 'flexiPage') : null;
    return page === null || pages.has(page);
  });
  const members = membersOf(new Map(shown));
  const isThere = (type: string, name: string) =>
    members.some((one) => one.name === type && one.members.includes(name));
  return new Map(
    shown.map(([path, text]) => {
      const fitted = path.startsWith('permissionsets/') ? forOrg(text, traits) : text;
      return [path, REFERRING.test(path) ? withoutMissing(fitted, isThere) : fitted];
    }),
  );
}

/** The languages that files translate into. */
export function languagesOf(paths: Iterable<string>): Set<string> {
  return new Set(
    [...paths].flatMap((path) => {
      const { folder, name } = pathParts(path);
      if (folder === 'translations') return [name];
      return folder === 'objectTranslations' ? [name.replace(/^.*-/, '')] : [];
    }),
  );
}
