import type { OrgView } from '../org/orgView.ts';
import { channelRequirement } from './channelRequirement.ts';
import { ok, type Finding, type Requirement } from './requirement.ts';
import { nameOf, toDeploy } from './toDeploy.ts';

function inPlace(...prefixes: string[]): (view: OrgView) => Finding {
  return (view) => {
    const changes = prefixes.flatMap((prefix) => toDeploy(view, prefix));
    if (changes.length === 0) return ok('in place');
    const describe = (change: { path: string; isNew: boolean }) =>
      `${nameOf(change.path)} ${change.isNew ? 'is missing' : 'differs'}`;
    return { state: 'missing', evidence: changes.map(describe).join(', '), changes };
  };
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
    id: 'signal-event',
    group: 'Objects and events',
    title: 'The platform event Desk Signal',
    why: 'Flows, Apex and agents ask the bridge for something by it.',
    section: null,
    check: inPlace('objects/Desk_Signal__e'),
  },
  channelRequirement,
  {
    id: 'flows',
    group: 'Objects and events',
    title: 'The flows that signal',
    why: 'They tell the bridge of a requested action on a Desk Link and of a new comment of a case.',
    section: null,
    check: inPlace('flows/'),
  },
  {
    id: 'components',
    group: 'Objects and events',
    title: 'The component Desk Sync Status and its labels',
    why: 'On a record page it shows whether the record is in step, and asks for a sync.',
    section: null,
    check: inPlace('labels/', 'lwc/'),
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
