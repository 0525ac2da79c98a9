import type { Org } from '../../org.ts';
import { ADMIN } from '../../seed.ts';
import type { PicklistValue } from '../../schema/types.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { children, isTrue, metadataFile, parseXml, textOf } from '../xml.ts';

/** The picklists behind standard value sets. */
export const VALUE_SETS: Readonly<Record<string, readonly [object: string, field: string]>> = {
  CaseStatus: ['Case', 'Status'],
  CasePriority: ['Case', 'Priority'],
  CaseOrigin: ['Case', 'Origin'],
  CaseType: ['Case', 'Type'],
  CaseReason: ['Case', 'Reason'],
};

/** Replaces the active values of a standard picklist: a value that the file leaves out becomes inactive. */
export function applyStandardValueSet(org: Org, { name, file }: Component): void {
  const [object, fieldName] = VALUE_SETS[name] ?? [];
  const field =
    object === undefined || fieldName === undefined ? undefined : org.schema.field(object, fieldName);
  if (!object || !field)
    throw new ComponentProblem(`Entity of type 'StandardValueSet' named '${name}' cannot be found`);
  const listed: PicklistValue[] = children(parseXml(file.toString('utf8')).root, 'standardValue').map(
    (value) => {
      const fullName = textOf(value, 'fullName') ?? '';
      if (name === 'CaseStatus' && textOf(value, 'closed') === undefined)
        throw new ComponentProblem(`Required field is missing: closed (${fullName})`);
      return {
        value: fullName,
        label: textOf(value, 'label') ?? fullName,
        active: textOf(value, 'isActive') !== 'false',
        default: isTrue(value, 'default'),
        ...(name === 'CaseStatus' ? { closed: isTrue(value, 'closed') } : {}),
      };
    },
  );
  if (name === 'CaseStatus' && !listed.some((value) => value.closed === true))
    throw new ComponentProblem('You must have at least one closed status');
  const names = new Set(listed.map((value) => value.value));
  const left = field.picklist
    .filter((value) => !names.has(value.value))
    .map((value) => ({ ...value, active: false, default: false }));
  const standard = listed.find((value) => value.default)?.value ?? field.defaultValue;
  org.schema.putField(object, { ...field, picklist: [...listed, ...left], defaultValue: standard });
  if (name === 'CaseStatus') refreshStatusRows(org, listed);
}

function refreshStatusRows(org: Org, values: readonly PicklistValue[]): void {
  const object = org.schema.object('CaseStatus');
  if (!object) return;
  org.records.transact(org.userId(ADMIN), null, () => {
    for (const row of [...org.records.rows('CaseStatus').values()])
      if (row['IsDeleted'] !== true) org.records.delete(object, row.Id);
    values.forEach((value, index) =>
      org.records.insert(object, {
        ApiName: value.value,
        MasterLabel: value.label,
        IsClosed: value.closed === true,
        IsDefault: value.default,
        SortOrder: index + 1,
      }),
    );
  });
}

/** The file that a retrieve gives for a standard value set: its active values. */
export function standardValueSetFile(org: Org, name: string): string | null {
  const [object, fieldName] = VALUE_SETS[name] ?? [];
  const field =
    object === undefined || fieldName === undefined ? undefined : org.schema.field(object, fieldName);
  if (!field) return null;
  return metadataFile('StandardValueSet', {
    sorted: false,
    standardValue: field.picklist
      .filter((value) => value.active)
      .map((value) => ({
        fullName: value.value,
        default: value.default,
        label: value.label,
        ...(value.closed === undefined ? {} : { closed: value.closed }),
      })),
  });
}
