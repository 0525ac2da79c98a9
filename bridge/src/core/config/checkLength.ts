import type { FoundMapping } from './checkMapping.ts';
import { allowedBy } from '../selection.ts';
import type { ConfigProblem } from './configProblem.ts';
import { heldType } from './fieldTypes.ts';
import { possibleWays } from './mappableField.ts';
import { mappingName } from './syncConfig.ts';

/** Desk tells no length of most of its text; a field of Salesforce that takes this much gets no warning. */
const PRESUMED = 255;
const CUT = ['Text', 'Text Area', 'Text Area (Long)'];
/** Goes to Desk as text that may be cut there. */
const LONG = [...CUT, 'Text Area (Rich)'];

/** Warns of text that one side holds and the other one cuts. Keys, addresses and numbers are never cut. */
export function checkLength(found: FoundMapping): ConfigProblem[] {
  const { mapping, at, desk, standard } = found;
  const ways = possibleWays(at, desk);
  if (standard || !ways.possible || desk.type !== 'string') return [];
  const type = heldType(at.field);
  const { toDesk, toSalesforce } = allowedBy(mapping.direction);
  const warning = (field: 'salesforce' | 'desk', name: string, length: number): ConfigProblem => ({
    level: 'warning',
    record: mappingName(mapping),
    field,
    message: `Longer text is cut at ${length} characters in ${name}.`,
    fix: 'Take a longer field, or leave it at that.',
  });
  const { maxLength } = desk;
  if (toDesk && maxLength !== undefined && LONG.includes(type) && at.field.length > maxLength)
    return [warning('desk', desk.name, maxLength)];
  const cut =
    toSalesforce && at.lookup === null && CUT.includes(type) && ways.direction !== 'salesforce-to-desk';
  return cut && at.field.length < (maxLength ?? PRESUMED)
    ? [warning('salesforce', at.path, at.field.length)]
    : [];
}
