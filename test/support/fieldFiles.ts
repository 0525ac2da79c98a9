import { metadataXml } from './deployTo.ts';

type Part = string | number | boolean;
const element = ([name, value]: [string, Part]) => `<${name}>${value}</${name}>`;

/** A `<fields>` element; parts as in metadata, `values` a restricted picklist's. */
export function fieldXml(
  name: string,
  type: string,
  parts: Readonly<Record<string, Part>> = {},
  values: readonly string[] = [],
): string {
  const all = { fullName: name, label: name.replace(/__c$/, '').replaceAll('_', ' '), type, ...parts };
  const set = values.map(
    (one) => `<value><fullName>${one}</fullName><default>false</default><label>${one}</label></value>`,
  );
  const valueSet =
    values.length === 0
      ? ''
      : `<valueSet><restricted>true</restricted><valueSetDefinition>${set.join('')}</valueSetDefinition></valueSet>`;
  return `<fields>${Object.entries(all).map(element).join('')}${valueSet}</fields>`;
}

/** The file of an object of the org's own. */
export const objectXml = (label: string, fields: readonly string[], sharingModel = 'ReadWrite') =>
  metadataXml(
    'CustomObject',
    `${fields.join('')}<label>${label}</label><nameField><label>Name</label><length>80</length><type>Text</type></nameField><pluralLabel>${label}s</pluralLabel><sharingModel>${sharingModel}</sharingModel>`,
  );

/** The file that adds parts to an object that is there. */
export const partsXml = (...parts: readonly string[]) => metadataXml('CustomObject', parts.join(''));

/** A permission set that lets its users read and write all of these fields, and read those. */
export const accessXml = (
  editable: readonly string[],
  readable: readonly string[] = [],
  objects: readonly string[] = [],
  more = '',
) =>
  metadataXml(
    'PermissionSet',
    [
      ...editable.map((one) => grant(one, true)),
      ...readable.map((one) => grant(one, false)),
      '<label>Access</label>',
      ...objects.map(
        (one) =>
          `<objectPermissions><allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${one}</object><viewAllRecords>false</viewAllRecords></objectPermissions>`,
      ),
      more,
    ].join(''),
  );

const grant = (field: string, editable: boolean) =>
  `<fieldPermissions><editable>${editable}</editable><field>${field}</field><readable>true</readable></fieldPermissions>`;
