import type { OrgView } from '../org/orgView.ts';
import { channelRequirement } from './channelRequirement.ts';
import { FLOW_REQUIREMENTS } from './flowRequirements.ts';
import { missing, ok, warning, type Finding, type Requirement } from './requirement.ts';
import { nameOf, toDeploy } from './toDeploy.ts';

function inPlace(...prefixes: string[]): (view: OrgView) => Finding {
  return (view) => {
    const changes = toDeploy(view, ...prefixes);
    if (changes.length === 0) return ok('in place');
    const describe = (change: { path: string; isNew: boolean }) =>
      `${nameOf(change.path)} ${change.isNew ? 'is missing' : 'differs'}`;
    return missing(changes.map(describe).join(', '), changes);
  };
}

const CONFIG_TYPES = ['Sync', 'Rule', 'Mapping', 'Value'].map((name) => `objects/Desk_${name}__mdt`);

const COMPONENT_FOLDERS = ['labels/', 'lwc/', 'quickActions/'];
const APP_FOLDERS = ['flexipages/', 'tabs/', 'applications/', 'layouts/'];
const REPORT_FOLDERS = ['reportTypes/', 'reports/'];
const TRANSLATION_FOLDERS = ['translations/', 'objectTranslations/'];

function configTypes(view: OrgView): Finding {
  if (view.features.customMetadata) return inPlace(...CONFIG_TYPES)(view);
  return warning(
    `${view.edition} takes custom metadata types by package only.`,
    'Nothing is lost: the rules and mappings of this org stand in the file desk-connect.yaml.',
  );
}

function components(view: OrgView): Finding {
  const found = inPlace(...COMPONENT_FOLDERS)(view);
  if (found.state !== 'ok' || view.features.components) return found;
  return warning(
    `${view.edition} takes Lightning components by package only.`,
    'The sync works without them. Install the Desk Connect package to have them on the pages.',
  );
}

function reports(view: OrgView): Finding {
  if (view.features.reports) return inPlace(...REPORT_FOLDERS)(view);
  return warning(
    'This org takes no report types.',
    'The sync works without them. The list views of Desk Links and Desk Logs show the same.',
  );
}

function translations(view: OrgView): Finding {
  const found = inPlace(...TRANSLATION_FOLDERS)(view);
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const left = view.languagesLeftOut.map((language) => names.of(language) ?? language).join(', ');
  if (found.state !== 'ok' || left === '') return found;
  return ok(
    `left out: ${left}. To have it, add the language in Setup, Translation Language Settings, and run setup again.`,
  );
}

export const METADATA_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'link-object',
    group: 'Objects and events',
    title: 'The object Desk Link',
    why: 'It ties the two records of a pair and tells agents and reports whether they are in step.',
    section: null,
    check: inPlace('objects/Desk_Link__c'),
  },
  {
    id: 'log-object',
    group: 'Objects and events',
    title: 'The object Desk Log',
    why: 'Administrators read and report in it on what the bridge did and what failed.',
    section: null,
    check: inPlace('objects/Desk_Log__c'),
  },
  {
    id: 'bridge-object',
    group: 'Objects and events',
    title: 'The object Desk Bridge',
    why: 'The bridge writes in it how it is, and administrators ask it there to try again what failed.',
    section: null,
    check: inPlace('objects/Desk_Bridge__c'),
  },
  {
    id: 'config-types',
    group: 'Objects and events',
    title: 'The types of the rules and field mappings',
    why: 'Administrators set in them what is synced, in Setup or by the CLI. Only the types are deployed: records of theirs stay as they are.',
    section: null,
    check: configTypes,
  },
  {
    id: 'signal-event',
    group: 'Objects and events',
    title: 'The platform event Desk Signal',
    why: 'Flows, Apex and agents ask the bridge for something by it.',
    section: null,
    check: (view) =>
      view.features.platformEvents
        ? inPlace('objects/Desk_Signal__e')(view)
        : warning(
            'This org has no platform events.',
            'Nothing is lost: the bridge finds requests and comments by polling, within its poll interval.',
          ),
  },
  channelRequirement,
  ...FLOW_REQUIREMENTS,
  {
    id: 'components',
    group: 'Objects and events',
    title: 'Lightning components, their labels and quick actions',
    why: 'On a record page they show whether the record is in step, and ask for a sync.',
    section: null,
    check: components,
  },
  {
    id: 'app',
    group: 'Objects and events',
    title: 'The app Desk Connect, its tabs and layouts',
    why: 'Administrators see in it how the sync is, all Desk Links and the log. A layout is a starting point: once it is there, it stays as you make it.',
    section: null,
    check: inPlace(...APP_FOLDERS),
  },
  {
    id: 'reports',
    group: 'Objects and events',
    title: 'Report types and reports',
    why: 'They count what is in step by object, failures by cause, and conflicts. Reports are starting points: once they are there, they stay as you make them.',
    section: null,
    check: reports,
  },
  {
    id: 'translations',
    group: 'Objects and events',
    title: 'German',
    why: 'Labels, fields and values are translated where the Translation Workbench has the language.',
    section: null,
    check: translations,
  },
  {
    id: 'permission-sets',
    group: 'Permissions',
    title: 'The permission sets',
    why: 'The original asked for a System Administrator; these grant what is needed, and no more.',
    section: 'Establishing Integration User Profile Requirements',
    check: inPlace('permissionsets/'),
  },
];
