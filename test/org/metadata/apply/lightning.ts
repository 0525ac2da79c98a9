import type { Org } from '../../org.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { kept } from '../keep.ts';
import { child, children, parseXml, textOf } from '../xml.ts';

/** A Lightning web component; editions without the right take it by package only. */
export function applyComponentBundle(org: Org, { name, file }: Component): void {
  if (!org.features.components)
    throw new ComponentProblem(
      `LightningComponentBundle is not available in this organization, so ${name} cannot be deployed`,
    );
  const files = JSON.parse(file.toString('utf8')) as Record<string, string>;
  for (const [, other] of Object.values(files)
    .join('\n')
    .matchAll(/<c-([a-z-]+)/g)) {
    const bundle = (other ?? '').replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (!org.metadata.get('LightningComponentBundle')?.has(bundle))
      throw new ComponentProblem(`No MODULE named markup://c:${bundle} found`);
  }
}

/** A page: the components of ours that stand on it must be there. */
export function applyFlexiPage(org: Org, { file }: Component): void {
  const { root } = parseXml(file.toString('utf8'));
  const template = textOf(child(root, 'template'), 'name');
  for (const element of ['masterLabel', 'type'])
    if (textOf(root, element) === undefined)
      throw new ComponentProblem(`Required field is missing: ${element}`);
  if (template === undefined) throw new ComponentProblem('Required field is missing: template');
  const regions = TEMPLATES[template];
  const type = textOf(root, 'type') ?? '';
  if (type === 'AppPage' && !regions) throw new ComponentProblem(`Template ${template} doesn't exist.`);
  const identifiers: string[] = [];
  for (const region of children(root, 'flexiPageRegions')) {
    const name = textOf(region, 'name') ?? '';
    if (type === 'AppPage' && textOf(region, 'type') === 'Region' && !regions?.includes(name))
      throw new ComponentProblem(`The '${name}' region (type Region) doesn't exist.`);
    for (const item of children(region, 'itemInstances')) {
      const component = child(item, 'componentInstance');
      if (component) identifiers.push(textOf(component, 'identifier') ?? '');
    }
  }
  if (identifiers.includes('')) throw new ComponentProblem('Required field is missing: identifier');
  const twice = identifiers.find((one, index) => identifiers.indexOf(one) !== index);
  if (twice !== undefined) throw new ComponentProblem(`Duplicate identifier: ${twice}`);
  checkComponents(org, file.toString('utf8'), TARGETS[type]);
}

/** Templates of app pages that are known here, with their regions. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'flexipage:defaultAppHomeTemplate': ['main'],
  'flexipage:appHomeTemplateTwoColumns': ['header', 'left', 'right'],
};
/** What a component must be made for to stand on a page of that type. */
const TARGETS: Readonly<Record<string, string>> = {
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  RecordPage: 'lightning__RecordPage',
};

function checkComponents(org: Org, page: string, target: string | undefined): void {
  for (const [, name = ''] of page.matchAll(/<componentName>c:(\w+)<\/componentName>/g)) {
    const bundle = kept(org, 'LightningComponentBundle', name);
    if (bundle === undefined) throw new ComponentProblem(`Component [c:${name}] does not exist`);
    if (target !== undefined && !bundle.includes(`<target>${target}</target>`))
      throw new ComponentProblem(`The component [c:${name}] does not support the target ${target}`);
  }
}
