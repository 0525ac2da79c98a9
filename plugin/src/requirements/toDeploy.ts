import { contains, differences } from '../merge/contains.ts';
import { isStartingPoint, withoutStarted } from '../merge/startingPoints.ts';
import { parseXml } from '../merge/xml.ts';
import type { Files, OrgView } from '../org/orgView.ts';
import type { ChangeOf } from './requirement.ts';

/**
 * What has to be deployed of our components below that path: those that are not in the org as we want them.
 * A component of several files is one change, by the path of its folder.
 */
export function toDeploy(view: OrgView, ...prefixes: string[]): ChangeOf<'deploy'>[] {
  const components = new Set([...view.wanted.keys()].map(componentOf));
  return [...components].flatMap((path) => {
    if (!prefixes.some((prefix) => path.startsWith(prefix))) return [];
    const files = filesOf(view.wanted, path);
    const differs = files.flatMap(([file, text]) => differenceOf(file, view.present.get(file), text));
    if (differs.length === 0) return [];
    const isNew = filesOf(view.present, path).length === 0;
    return [{ kind: 'deploy' as const, path, isNew, differs: isNew ? [] : differs }];
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

/** In words, what of a file the org lacks; nothing where it has all of it. */
function differenceOf(path: string, present: string | undefined, wanted: string): string[] {
  const name = path.replace(/^.*\//, '');
  if (present === undefined) return [`${name} is missing`];
  if (isStartingPoint(path)) return [];
  if (path.startsWith('lwc/') && !path.endsWith('.xml'))
    return lines(present) === lines(wanted) ? [] : [`${name} is another version`];
  // Whether a flow is active is not told by its file: in production it arrives inactive all the same.
  const asked = path.startsWith('flows/')
    ? wanted.replace(/\s*<status>\w+<\/status>/, '')
    : withoutStarted(path, wanted, present);
  const [there, want] = [parseXml(present), parseXml(asked)];
  return contains(there, want) ? [] : differences(there, want);
}

/** Code as it counts: how its lines end does not. */
const lines = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();

/** `objects/Desk_Link__c.object` → `Desk_Link__c`. */
export function nameOf(path: string): string {
  return decodeURIComponent(path.replace(/^.*\//, '').replace(/(?:-meta\.xml|\.[^.]+)$/, ''));
}
