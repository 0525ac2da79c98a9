import type { Org } from '../../org.ts';
import type { FieldSchema } from '../../schema/types.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { kept } from '../keep.ts';
import { child, children, parseXml, textOf, type Xml } from '../xml.ts';

const NAME_LENGTH = 40;
const NOT_GROUPED = new Set(['textarea', 'encryptedstring', 'location']);

/** A custom report type over one object: its columns are fields of it. */
export function applyReportType(org: Org, { file }: Component): void {
  const { root } = parseXml(file.toString('utf8'));
  const base = textOf(root, 'baseObject') ?? '';
  const object = org.schema.object(base);
  if (!object) throw new ComponentProblem(`In field: baseObject - no CustomObject named ${base} found`);
  for (const section of children(root, 'sections')) {
    for (const column of children(section, 'columns')) {
      const [table, field] = [textOf(column, 'table') ?? '', textOf(column, 'field') ?? ''];
      if (table !== base || !object.fields.has(field))
        throw new ComponentProblem(`In field: field - no CustomField named ${table}.${field} found`);
    }
  }
}

/** A folder of reports, whose name has no `/`, or a report in one. */
export function applyReport(org: Org, component: Component): void {
  const { name, file } = component;
  const { root } = parseXml(file.toString('utf8'));
  if (textOf(root, 'name') === undefined) throw new ComponentProblem('Required field is missing: name');
  if (name.includes('/')) checkReport(org, name, root);
}

function checkReport(org: Org, name: string, root: Xml): void {
  const [folder = ''] = name.split('/');
  if (!org.metadata.get('Report')?.has(folder)) throw new ComponentProblem(`Cannot find folder:${folder}`);
  if ((textOf(root, 'name') ?? '').length > NAME_LENGTH)
    throw new ComponentProblem('Report Name: data value too large');
  const columns = columnsOf(org, textOf(root, 'reportType') ?? '');
  const shown = children(root, 'columns').map((one) => textOf(one, 'field') ?? '');
  const groups = children(root, 'groupingsDown').map((one) => textOf(one, 'field') ?? '');
  const filter = child(root, 'filter');
  const filtered = children(filter, 'criteriaItems').map((one) => textOf(one, 'column') ?? '');
  const dated = textOf(child(root, 'timeFrameFilter'), 'dateColumn');
  for (const column of [...shown, ...groups, ...filtered, ...(dated === undefined ? [] : [dated])])
    if (!columns.has(column)) throw new ComponentProblem(`Invalid value specified: ${column}`);
  const twice = groups.find((group) => shown.includes(group));
  if (twice !== undefined)
    throw new ComponentProblem(`A field that the report is grouped by cannot be a column too: ${twice}`);
  const long = groups.find((group) => NOT_GROUPED.has(columns.get(group)?.type ?? ''));
  if (long !== undefined) throw new ComponentProblem(`The report cannot be grouped by ${long}`);
  const format = textOf(root, 'format');
  if ((format === 'Summary') !== groups.length > 0)
    throw new ComponentProblem(`A report of the format ${format} with ${groups.length} groupings`);
  if (dated !== undefined && columns.get(dated)?.type.startsWith('date') !== true)
    throw new ComponentProblem(`dateColumn: ${dated} is no date`);
  const isTranslated = (org.metadata.get('Translations')?.size ?? 0) > 0;
  if (isTranslated && filter && textOf(filter, 'language') === undefined)
    throw new ComponentProblem('filterlanguage: Invalid value specified: 1');
}

/** The columns that reports of a custom report type may have, as `Object$Field`. */
function columnsOf(org: Org, name: string): Map<string, FieldSchema> {
  const file = name.endsWith('__c') ? kept(org, 'ReportType', name.slice(0, -3)) : undefined;
  if (file === undefined) throw new ComponentProblem(`reportType: Invalid value specified: ${name}`);
  const { root } = parseXml(file);
  const found = children(root, 'sections')
    .flatMap((section) => children(section, 'columns'))
    .map((column) => [textOf(column, 'table') ?? '', textOf(column, 'field') ?? ''] as const);
  return new Map(
    found.flatMap(([table, field]) => {
      const schema = org.schema.field(table, field);
      return schema ? [[`${table}$${field}`, schema] as const] : [];
    }),
  );
}

/** @throws ComponentProblem for a folder that has reports */
export function refuseFullFolder(org: Org, name: string): void {
  const inside = [...(org.metadata.get('Report')?.keys() ?? [])].some((one) => one.startsWith(`${name}/`));
  if (inside) throw new ComponentProblem(`The folder ${name} is not empty`);
}
