import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { standardObjects } from '../../org/schema/standardObjects.ts';
import { readLabels } from './labels.ts';

/**
 * What the platform makes of `@salesforce/*` for our components, from our metadata. What the page knows only when it
 * is opened is read then: words in the user's language, and what the user may do.
 * @throws where nothing is what is named: a deployment would fail too
 */
export function platformModule(app: string, id: string): string {
  const [, kind = '', name = ''] = /^@salesforce\/(\w+)\/(.+)$/.exec(id) ?? [];
  switch (kind) {
    case 'label':
      return label(app, name);
    case 'schema':
      return schema(app, name);
    case 'customPermission':
      if (!existsSync(join(app, `customPermissions/${name}.customPermission-meta.xml`)))
        throw new Error(`There is no custom permission ${name}`);
      return may(name);
    case 'userPermission':
      return may(name);
    case 'user':
      if (name === 'Id') return 'export default globalThis.host.userId';
      break;
    case 'i18n':
      return `export default globalThis.host.i18n[${JSON.stringify(name)}]`;
  }
  throw new Error(`Nothing stands in for ${id}`);
}

/** Of `@salesforce/i18n`, what depends on the language and stands in the page; the rest comes with the base components. */
export const I18N = ['lang', 'locale', 'dir', 'timeZone'];

const may = (name: string) =>
  `export default globalThis.host.permissions.includes(${JSON.stringify(name)}) || undefined`;

function label(app: string, id: string): string {
  const name = id.replace(/^c\./, '');
  if (!readLabels(app).has(name)) throw new Error(`There is no label ${name}`);
  return `export default globalThis.host.labels[${JSON.stringify(name)}]`;
}

function schema(app: string, id: string): string {
  const [object = '', field, ...more] = id.split('.');
  const standard = standardObjects().find(({ name }) => name === object);
  if (!standard && !existsSync(join(app, 'objects', object))) throw new Error(`There is no object ${object}`);
  const path = join(app, 'objects', object, 'fields', `${field}.field-meta.xml`);
  // Beyond the first step, a path goes through parents: the org answers for it.
  const isKnown = field === undefined || more.length > 0 || standard?.fields.has(field) || existsSync(path);
  if (!isKnown && field !== 'Id' && field !== 'Name' && !field?.endsWith('__r'))
    throw new Error(`There is no field ${id}`);
  const value =
    field === undefined
      ? { objectApiName: object }
      : { objectApiName: object, fieldApiName: [field, ...more].join('.') };
  return `export default ${JSON.stringify(value)}`;
}
