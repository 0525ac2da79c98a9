import type { Org } from '../../org.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { keep, kept } from '../keep.ts';
import { children, metadataFile, parseXml, textOf, type Xml } from '../xml.ts';

const TYPE = 'CustomLabels';

/** Labels are added to those of the org, or changed; a file that leaves one out does not remove it. */
export function applyLabels(org: Org, { file }: Component): { own: true } {
  const labels = new Map(labelsOf(org).map((label) => [textOf(label, 'fullName'), label]));
  for (const label of children(parseXml(file.toString('utf8')).root, 'labels')) {
    const missing = ['fullName', 'language', 'protected', 'shortDescription', 'value'].find(
      (name) => textOf(label, name) === undefined,
    );
    if (missing !== undefined) throw new ComponentProblem(`Required field is missing: ${missing}`);
    labels.set(textOf(label, 'fullName'), label);
  }
  write(org, [...labels.values()]);
  return { own: true };
}

/** Takes one label away. */
export function removeLabel(org: Org, name: string): boolean {
  const labels = labelsOf(org);
  const left = labels.filter((label) => textOf(label, 'fullName') !== name);
  const bundles = [...(org.metadata.get('LightningComponentBundle') ?? [])];
  const user = bundles.find(([, file]) => new RegExp(`label/c\\.${name}\\b`).test(file.toString('utf8')));
  if (user)
    throw new ComponentProblem(`This label is referenced elsewhere: LightningComponentBundle ${user[0]}`);
  if (left.length > 0) write(org, left);
  else org.metadata.get(TYPE)?.delete(TYPE);
  return left.length < labels.length;
}

const labelsOf = (org: Org): readonly Xml[] => {
  const file = kept(org, TYPE, TYPE);
  return file === undefined ? [] : children(parseXml(file).root, 'labels');
};
const write = (org: Org, labels: readonly Xml[]) => keep(org, TYPE, TYPE, metadataFile(TYPE, { labels }));
