import { contains, parseXml } from '../merge/contains.ts';
import type { OrgView } from '../org/orgView.ts';
import type { Change } from './requirement.ts';

/** What has to be deployed of our files below that path: those that are not in the org as we want them. */
export function toDeploy(
  { wanted, present }: OrgView,
  prefix: string,
): Extract<Change, { kind: 'deploy' }>[] {
  return [...wanted].flatMap(([path, file]) => {
    if (!path.startsWith(prefix)) return [];
    const there = present.get(path);
    if (there !== undefined && contains(parseXml(there), parseXml(file))) return [];
    return [{ kind: 'deploy' as const, path, isNew: there === undefined }];
  });
}

/** `objects/Desk_Link__c.object` → `Desk_Link__c`. */
export function nameOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.[^.]+$/, '');
}
