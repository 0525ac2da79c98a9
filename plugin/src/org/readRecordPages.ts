import type { Connection } from '@salesforce/core';
import { elementsNamed, parseXml, textOf, type Element } from '../merge/xml.ts';
import { retrieve } from './retrieve.ts';

/**
 * Names of the record pages that somebody sees: those that an object or an app says are shown. A page that is
 * only there, assigned to nobody, is none of them.
 */
export async function readRecordPages(
  connection: Connection,
  objects: readonly string[],
  timeoutMs: number,
): Promise<string[]> {
  const files = await retrieve(
    connection,
    [
      { name: 'CustomObject', members: objects },
      { name: 'CustomApplication', members: ['*'] },
    ],
    timeoutMs,
  );
  const pages = new Set<string>();
  for (const [path, text] of files) {
    const isApp = path.startsWith('applications/');
    if (!isApp && !path.startsWith('objects/')) continue;
    const root = parseXml(text);
    const overrides = [
      ...elementsNamed(root, 'actionOverrides'),
      ...elementsNamed(root, 'profileActionOverrides'),
    ];
    for (const override of overrides) {
      const page = pageOf(override);
      const object = textOf(override, 'pageOrSobjectType');
      if (page !== null && (!isApp || object === null || objects.includes(object))) pages.add(page);
    }
  }
  return [...pages].sort();
}

function pageOf(override: Element): string | null {
  const shows =
    textOf(override, 'actionName') === 'View' && textOf(override, 'type')?.toLowerCase() === 'flexipage';
  return shows ? textOf(override, 'content') : null;
}
