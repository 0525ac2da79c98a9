import type { Org } from '../../org.ts';
import { ADMIN } from '../../seed.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { children, parseXml, textOf } from '../xml.ts';

/** Applies a custom metadata record, `Type.Record`, as a row that SOQL finds. */
export function applyCustomMetadata(org: Org, { name, file }: Component): void {
  const [typeName = '', developerName = ''] = name.split('.');
  const object = org.schema.object(`${typeName}__mdt`);
  if (!object)
    throw new ComponentProblem(`In field: typeName - no CustomObject named ${typeName}__mdt found`);
  const { root } = parseXml(file.toString('utf8'));
  const fields: Record<string, string | null> = {
    DeveloperName: developerName,
    MasterLabel: textOf(root, 'label') ?? developerName,
    QualifiedApiName: developerName,
  };
  for (const value of children(root, 'values')) {
    const field = textOf(value, 'field') ?? '';
    if (!object.fields.has(field))
      throw new ComponentProblem(`In field: ${field} - no CustomField named ${object.name}.${field} found`);
    fields[field] = textOf(value, 'value') ?? null;
  }
  const known = [...org.records.rows(object.name).values()].find(
    (row) => row['DeveloperName'] === developerName,
  );
  org.records.transact(org.userId(ADMIN), null, () => {
    if (known) org.records.update(object, known.Id, fields);
    else org.records.insert(object, fields);
  });
}
