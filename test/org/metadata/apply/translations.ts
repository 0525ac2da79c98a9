import type { Org } from '../../org.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { keep, kept } from '../keep.ts';
import { child, children, metadataFile, parseXml, textOf, type Xml } from '../xml.ts';

const NOT_HERE = 'Not available for deploy for this organization';
/** What each element of a translation translates: components of that type, by name. */
const TRANSLATES: Readonly<Record<string, string>> = {
  customApplications: 'CustomApplication',
  customLabels: 'CustomLabel',
  customTabs: 'CustomTab',
  reportTypes: 'ReportType',
};
/** Languages whose nouns are not told apart by what they begin with. */
const WITHOUT_STARTS_WITH = new Set(['de', 'es', 'nl_NL', 'pt_BR', 'sv', 'da', 'fi', 'no']);

/** Turns the Translation Workbench on for a language. */
export function addLanguage(org: Org, language: string): void {
  keep(org, 'Translations', language, metadataFile('Translations', {}));
}

const hasLanguage = (org: Org, language: string) => org.metadata.get('Translations')?.has(language) === true;

function isThere(org: Org, type: string, name: string): boolean {
  return type === 'CustomLabel'
    ? kept(org, 'CustomLabels', 'CustomLabels')?.includes(`<fullName>${name}</fullName>`) === true
    : org.metadata.get(type)?.has(name) === true;
}

/** Translations of labels, apps, tabs and report types are added to those of the language. */
export function applyTranslations(org: Org, { name, file }: Component): { own: true } {
  if (!hasLanguage(org, name)) throw new ComponentProblem(NOT_HERE);
  const { root } = parseXml(file.toString('utf8'));
  for (const element of Object.keys(root).filter((key) => key !== '#text')) {
    const type = TRANSLATES[element];
    if (type === undefined) throw new ComponentProblem(`The local org does not translate ${element}`);
    for (const one of children(root, element))
      if (!isThere(org, type, textOf(one, 'name') ?? ''))
        throw new ComponentProblem(`In field: name - no ${type} named ${textOf(one, 'name')} found`);
  }
  const old = parseXml(kept(org, 'Translations', name) ?? '').root;
  write(org, name, (element) => {
    const merged = [...children(old, element), ...children(root, element)];
    return [...new Map(merged.map((one) => [textOf(one, 'name'), one])).values()];
  });
  return { own: true };
}

/** Translations go with what they translate. */
export function pruneTranslations(org: Org): void {
  for (const [language, file] of [...(org.metadata.get('Translations') ?? [])]) {
    const { root } = parseXml(file.toString('utf8'));
    write(org, language, (element) =>
      children(root, element).filter((one) =>
        isThere(org, TRANSLATES[element] ?? '', textOf(one, 'name') ?? ''),
      ),
    );
  }
}

/** What a retrieve gives of a language: the translations of what is retrieved with it, and no others. */
export function translationsFile(
  org: Org,
  language: string,
  also: (type: string, name: string) => boolean,
): string {
  const { root } = parseXml(kept(org, 'Translations', language) ?? '');
  return contentOf((element) =>
    children(root, element).filter((one) => also(TRANSLATES[element] ?? '', textOf(one, 'name') ?? '')),
  );
}

function contentOf(entries: (element: string) => readonly Xml[]): string {
  const found = Object.keys(TRANSLATES).map((element) => [element, entries(element)] as const);
  return metadataFile('Translations', Object.fromEntries(found.filter(([, list]) => list.length > 0)));
}

const write = (org: Org, language: string, entries: (element: string) => readonly Xml[]) =>
  keep(org, 'Translations', language, contentOf(entries));

/** The names of an object and its fields, values and sections in a language, as `Thing__c-de`. */
export function applyObjectTranslation(org: Org, { name, file }: Component): void {
  const [, object = '', language = ''] = /^(.*)-(\w+)$/.exec(name) ?? [];
  if (!hasLanguage(org, language)) throw new ComponentProblem(NOT_HERE);
  const schema = org.schema.object(object);
  if (!schema) throw new ComponentProblem(`Parent entity failed to deploy: no object ${object}`);
  const { root } = parseXml(file.toString('utf8'));
  if (WITHOUT_STARTS_WITH.has(language) && child(root, 'startsWith'))
    throw new ComponentProblem('Cannot specify a startsWith attribute for this language');
  for (const xml of children(root, 'fields')) {
    const field = schema.fields.get(textOf(xml, 'name') ?? '');
    if (!field)
      throw new ComponentProblem(
        `In field: name - no CustomField named ${object}.${textOf(xml, 'name')} found`,
      );
    for (const value of children(xml, 'picklistValues')) {
      const label = textOf(value, 'masterLabel');
      if (!field.picklist.some((one) => one.label === label))
        throw new ComponentProblem(`Picklist value: ${label} in picklist: ${field.name} not found`);
    }
  }
  for (const xml of children(root, 'layouts')) checkLayout(org, object, xml);
}

function checkLayout(org: Org, object: string, xml: Xml): void {
  const name = `${object}-${textOf(xml, 'layout') ?? ''}`;
  const file = kept(org, 'Layout', name);
  if (file === undefined) throw new ComponentProblem(`In field: layout - no Layout named ${name} found`);
  for (const section of children(xml, 'sections')) {
    if (!file.includes(`<label>${textOf(section, 'section')}</label>`))
      throw new ComponentProblem(`In field: section - no section named ${textOf(section, 'section')} found`);
  }
}
