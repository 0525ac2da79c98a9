import { OBJECT_OF } from '../pair.ts';
import { allowedBy } from '../selection.ts';
import { checkValues } from './checkValues.ts';
import { didYouMean } from './closest.ts';
import { error, warning, type ConfigProblem } from './configProblem.ts';
import { deskFieldsOf, type DeskField } from './deskFields.ts';
import type { Describes } from './describes.ts';
import { standardMapOf } from './mappingMaps.ts';
import { findSalesforceField, outcomeFor, type FoundField } from './salesforceField.ts';
import { setupTypeOf } from './setupTypes.ts';
import { mappingName, type Mapping } from './syncConfig.ts';

/** Without these, no record can be made on one side or the other. */
const NEEDED: ReadonlySet<string> = new Set([
  'company name',
  'customer lastName',
  'case subject',
  'case status',
  'case customer',
]);

/** What is wrong with one mapping by itself. */
export function checkMapping(mapping: Mapping, describes: Describes): ConfigProblem[] {
  const { pair } = mapping;
  const record = mappingName(mapping);
  const found = findSalesforceField(describes, OBJECT_OF[pair], mapping.salesforce);
  if (!found.ok) return [error(record, 'salesforce', found.message, found.fix)];
  const standard = standardMapOf(mapping);
  if (standard?.relation !== undefined)
    return mapping.direction === 'off' && NEEDED.has(`${pair} ${standard.name}`) ? [needed(record)] : [];
  const fields = deskFieldsOf(pair, describes.desk[pair]);
  const desk = fields.find(({ name }) => name.toLowerCase() === mapping.desk.toLowerCase());
  if (!desk) return [unknownInDesk(mapping, describes, fields)];
  if (standard) {
    if (mapping.direction === 'off' && NEEDED.has(`${pair} ${standard.name}`)) return [needed(record)];
    return checkValues(mapping, found.field, desk);
  }
  if (mapping.direction === 'off') return [];
  const problems = checkTypes(mapping, found, desk);
  return problems.some(({ level }) => level === 'error')
    ? problems
    : [...problems, ...checkValues(mapping, found.field, desk)];
}

const needed = (record: string) =>
  error(record, 'direction', 'Without this field no record can be made.', 'Let it cross one way at least.');

function unknownInDesk(mapping: Mapping, describes: Describes, fields: readonly DeskField[]): ConfigProblem {
  const key = mapping.desk.replace(/^custom_fields\./, '');
  const inactive = describes.desk[mapping.pair].some((field) => field.key === key && !field.active);
  const message = inactive
    ? `The field ${mapping.desk} of Desk is not active.`
    : `Desk has no field ${mapping.desk}.${didYouMean(
        mapping.desk,
        fields.map(({ name }) => name),
      )}`;
  return error(
    mappingName(mapping),
    'desk',
    message,
    inactive ? 'Activate it in Desk.' : 'Correct the name.',
  );
}

function checkTypes(
  mapping: Mapping,
  found: Extract<FoundField, { ok: true }>,
  desk: DeskField,
): ConfigProblem[] {
  const record = mappingName(mapping);
  const outcome = outcomeFor(found, desk.type);
  const type = setupTypeOf(found.field) ?? found.field.type;
  if (outcome.carried === 'no') {
    const message = `${found.path} (${type}) and ${desk.name} (${desk.type}) do not agree. ${outcome.reason}`;
    return [error(record, 'desk', message, 'Choose a pair that "sf deskconnect mapping fields" lists.')];
  }
  const allowed = allowedBy(mapping.direction);
  if (allowed.toSalesforce && outcome.carried === 'to-desk') {
    const message = `${found.path} (${type}) goes to Desk only.`;
    return [error(record, 'direction', message, 'Set the direction to salesforce-to-desk.')];
  }
  if (allowed.toDesk && !desk.write) {
    const message = `${desk.name} cannot be written in Desk.`;
    return [error(record, 'direction', message, 'Set the direction to desk-to-salesforce.')];
  }
  return outcome.loss === null
    ? []
    : [warning(record, '', outcome.loss, 'Nothing needs to be done if that is fine.')];
}
