import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { children, parseXml, textOf } from '../../org/metadata/xml.ts';

const rootOf = (path: string) => parseXml(readFileSync(path, 'utf8')).root;

/**
 * Our custom labels in a language, by name, as the org gives them to a user with it: what is not translated stays
 * in English. `language` is one of Salesforce's, such as `de`.
 */
export function readLabels(app: string, language = 'en_US'): Map<string, string> {
  const root = rootOf(join(app, 'labels/CustomLabels.labels-meta.xml'));
  const labels = new Map(
    children(root, 'labels').map((xml) => [textOf(xml, 'fullName') ?? '', textOf(xml, 'value') ?? '']),
  );
  const path = join(app, `translations/${language}.translation-meta.xml`);
  if (!existsSync(path)) {
    if (language !== 'en_US') throw new Error(`There is no translation to ${language}`);
    return labels;
  }
  for (const xml of children(rootOf(path), 'customLabels')) {
    const name = textOf(xml, 'name') ?? '';
    if (!labels.has(name))
      throw new Error(`The translation to ${language} has a label that is not there: ${name}`);
    labels.set(name, textOf(xml, 'label') ?? '');
  }
  return labels;
}
