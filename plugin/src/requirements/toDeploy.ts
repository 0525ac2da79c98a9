import { contains, parseXml } from '../merge/contains.ts';
import type { Files, OrgView } from '../org/orgView.ts';
import type { Change } from './requirement.ts';

/**
 * What has to be deployed of our components below that path: those that are not in the org as we want them.
 * A component of several files is one change, by the path of its folder.
 */
export function toDeploy(view: OrgView, prefix: string): Extract<Change, { kind: 'deploy' }>[] {
  const components = new Set([...view.wanted.keys()].map(componentOf));
  return [...components].flatMap((path) => {
    if (!path.startsWith(prefix)) return [];
    const files = filesOf(view.wanted, path);
    if (files.every(([file, text]) => isThere(file, view.present.get(file), text))) return [];
    return [{ kind: 'deploy' as const, path, isNew: filesOf(view.present, path).length === 0 }];
  });
}

/** `lwc/deskSyncStatus/deskSyncStatus.js` → `lwc/deskSyncStatus`; others are one file. */
function componentOf(path: string): string {
  return path.startsWith('lwc/') ? path.split('/', 2).join('/') : path;
}

/** The files of a component: the one of that path, or all of that folder. */
export function filesOf(files: Files, path: string): [path: string, text: string][] {
  return [...files].filter(([file]) => file === path || file.startsWith(`${path}/`));
}

function isThere(path: string, present: string | undefined, wanted: string): boolean {
  if (present === undefined) return false;
  if (path.startsWith('lwc/') && !path.endsWith('.xml')) return lines(present) === lines(wanted);
  return contains(parseXml(present), parseXml(wanted));
}

/** Code as it counts: how its lines end does not. */
const lines = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();

/** `objects/Desk_Link__c.object` → `Desk_Link__c`. */
export function nameOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.[^.]+$/, '');
}
