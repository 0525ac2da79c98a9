import { removeElement } from './splice.ts';
import { parseXml, textOf, type Element } from './xml.ts';

/** Elements that name a component, by the root of their file: its type, and the child that holds the name. */
const REFERENCES: Readonly<Record<string, Readonly<Record<string, readonly [type: string, child: string]>>>> =
  {
    CustomApplication: { tabs: ['CustomTab', ''] },
    PermissionSet: {
      applicationVisibilities: ['CustomApplication', 'application'],
      tabSettings: ['CustomTab', 'tab'],
    },
    Translations: {
      customApplications: ['CustomApplication', 'name'],
      customTabs: ['CustomTab', 'name'],
      reportTypes: ['ReportType', 'name'],
    },
  };

/** A file without what it says of components that the org does not get. Tabs of the platform are always there. */
export function withoutMissing(file: string, isThere: (type: string, name: string) => boolean): string {
  const root = parseXml(file);
  const isMissing = (element: Element) => {
    const [type, child] = REFERENCES[root.name]?.[element.name] ?? [];
    if (type === undefined || child === undefined) return false;
    const name = (child === '' ? element.text.trim() : textOf(element, child)) ?? '';
    return !name.startsWith('standard-') && !isThere(type, name);
  };
  const missing = root.children.find(isMissing);
  return missing ? withoutMissing(removeElement(file, missing), isThere) : file;
}
