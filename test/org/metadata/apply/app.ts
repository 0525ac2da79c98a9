import type { Org } from '../../org.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { kept } from '../keep.ts';
import { children, isTrue, parseXml, textOf, type Xml } from '../xml.ts';

/** Tabs of the platform that an app may show. */
const STANDARD_TABS = new Set(
  ['home', 'report', 'Dashboard', 'Account', 'Contact', 'Case', 'Lead', 'Opportunity', 'Task', 'Chatter'].map(
    (name) => `standard-${name}`,
  ),
);
/** Icon and colour of a tab, as `Custom67: Gears`. */
const MOTIF = /^Custom(?:[1-9]\d?|100): [A-Z][\w ]*$/;

const rootOf = ({ file }: Component) => parseXml(file.toString('utf8')).root;
const has = (org: Org, type: string, name: string) => org.metadata.get(type)?.has(name) === true;
const texts = (root: Xml, name: string) => children(root, name).map((one) => String(one['#text'] ?? ''));

/** A tab shows one thing, which must be there: an object, a Lightning page or a component that is meant for tabs. */
export function applyTab(org: Org, component: Component): void {
  const { name } = component;
  const root = rootOf(component);
  const [page, bundle] = [textOf(root, 'flexiPage'), textOf(root, 'lwcComponent')];
  const isObject = isTrue(root, 'customObject');
  if ([isObject, page !== undefined, bundle !== undefined].filter(Boolean).length !== 1)
    throw new ComponentProblem('A custom tab must have exactly one of customObject, flexiPage, lwcComponent');
  if (!MOTIF.test(textOf(root, 'motif') ?? ''))
    throw new ComponentProblem(`Invalid value specified for motif: ${textOf(root, 'motif')}`);
  if (isObject && org.schema.object(name)?.kind !== 'object')
    throw new ComponentProblem(`In field: customObject - no CustomObject named ${name} found`);
  if (!isObject && textOf(root, 'label') === undefined)
    throw new ComponentProblem('Required field is missing: label');
  if (page !== undefined) checkPage(org, page);
  if (bundle !== undefined) checkBundle(org, bundle, 'lightning__Tab');
}

function checkPage(org: Org, page: string): void {
  if (!has(org, 'FlexiPage', page))
    throw new ComponentProblem(`In field: flexiPage - no FlexiPage named ${page} found`);
  if (textOf(parseXml(kept(org, 'FlexiPage', page) ?? '').root, 'type') !== 'AppPage')
    throw new ComponentProblem(`The Lightning page ${page} is not an app page`);
}

/** The targets that a component says it is made for. */
function checkBundle(org: Org, name: string, target: string): void {
  const stored = kept(org, 'LightningComponentBundle', name);
  if (stored === undefined)
    throw new ComponentProblem(`In field: lwcComponent - no LightningComponentBundle named ${name} found`);
  const files = JSON.parse(stored) as Record<string, string>;
  if (files[`${name}.js-meta.xml`]?.includes(`<target>${target}</target>`) !== true)
    throw new ComponentProblem(`The component ${name} does not support the target ${target}`);
}

/** An app: its tabs must be there, none twice. */
export function applyApp(org: Org, component: Component): void {
  const root = rootOf(component);
  if (textOf(root, 'label') === undefined) throw new ComponentProblem('Required field is missing: label');
  if (textOf(root, 'uiType') === 'Lightning' && children(root, 'formFactors').length === 0)
    throw new ComponentProblem('Required field is missing: formFactors');
  const tabs = texts(root, 'tabs');
  for (const tab of tabs) {
    if (!STANDARD_TABS.has(tab) && !has(org, 'CustomTab', tab))
      throw new ComponentProblem(`In field: tab - no CustomTab named ${tab} found`);
    if (tabs.indexOf(tab) !== tabs.lastIndexOf(tab)) throw new ComponentProblem(`Duplicate tab: ${tab}`);
  }
}

/** An action on an object that opens a component. Other kinds of actions are kept as they come. */
export function applyQuickAction(org: Org, component: Component): void {
  const [object = ''] = component.name.split('.');
  const root = rootOf(component);
  if (component.name.includes('.') && !org.schema.object(object))
    throw new ComponentProblem(`Parent entity failed to deploy: no object ${object}`);
  const bundle = textOf(root, 'lightningWebComponent');
  if (textOf(root, 'type') !== 'LightningWebComponent') return;
  if (bundle === undefined) throw new ComponentProblem('Required field is missing: lightningWebComponent');
  checkBundle(org, bundle, 'lightning__RecordAction');
}
