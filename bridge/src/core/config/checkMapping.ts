import type { FieldMap } from '../fieldMap.ts';
import { OBJECT_OF, PAIRS } from '../pair.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { closest } from './closest.ts';
import type { ConfigProblem } from './configProblem.ts';
import type { DeskField } from './deskField.ts';
import { deskFields, findDeskField } from './deskFields.ts';
import type { Describes } from './describes.ts';
import { salesforceType } from './fieldTypes.ts';
import { locateField, type LocatedField } from './locateField.ts';
import { agreementAt, possibleWays, whyReadOnlyInDesk } from './mappableField.ts';
import { standardPair, whyStandardReadOnly } from './standardPair.ts';
import { mappingName, type Mapping } from './syncConfig.ts';

/** A mapping whose fields are both there. */
export type FoundMapping = {
  readonly mapping: Mapping;
  readonly at: LocatedField;
  readonly desk: DeskField;
  /** The standard map that it changes. */
  readonly standard?: FieldMap;
};
export type Checked = { readonly problems: readonly ConfigProblem[]; readonly found: FoundMapping | null };

function missingDesk(mapping: Mapping, describes: Describes): Pick<ConfigProblem, 'message' | 'fix'> {
  const { pair, desk } = mapping;
  const { notMapped, customNames } = describes.vocabulary;
  const whyNot = notMapped[desk.toLowerCase()];
  if (whyNot !== undefined)
    return { message: `${desk} of Desk cannot be mapped: ${whyNot}.`, fix: 'Take the mapping out.' };
  const inactive = describes.desk[pair].find(
    (field) => `custom_fields.${field.key}`.toLowerCase() === desk.toLowerCase(),
  );
  if (inactive)
    return {
      message: `The field ${inactive.label} is not active in Desk.`,
      fix: 'Activate it in Desk, or switch the mapping off.',
    };
  const near = closest(
    desk,
    deskFields(pair, describes).map((field) => field.name),
  );
  return {
    message: `A ${pair} in Desk has no field ${desk}.`,
    fix: near === null ? customNames : `Did you mean ${near}?`,
  };
}

function typeProblem(
  { at, desk }: FoundMapping,
  reason: string,
  { types }: Vocabulary,
): Pick<ConfigProblem, 'field' | 'message' | 'fix'> {
  const agreeing = types.filter((type) => agreementAt(at, type).carried !== 'no');
  const type = salesforceType(at.field);
  return {
    field: 'desk',
    message: `${at.path} (${type === 'other' ? at.field.type : type}) cannot be mapped to ${desk.name} (${desk.type}): ${reason}.`,
    fix:
      agreeing.length === 0
        ? 'Take the mapping out, or leave it off and only show the field.'
        : `Take a field of Desk of the type ${agreeing.join(' or ')}.`,
  };
}

type Part = Pick<ConfigProblem, 'field' | 'message' | 'fix'>;

const oneWay = (name: string, direction: OneWay, why: string): Part => ({
  field: 'direction',
  message: `${name} can go to ${direction === 'salesforce-to-desk' ? 'Desk' : 'Salesforce'} only: ${why}.`,
  fix: `Set the direction to ${direction}.`,
});
type OneWay = 'salesforce-to-desk' | 'desk-to-salesforce';

/** A standard pair has a conversion of its own: what counts is whether it can be off, and what the user may write. */
function checkStandard(mapping: Mapping, standard: FieldMap, describes: Describes): Part[] {
  const { pair, direction, salesforce } = mapping;
  if (direction === 'off')
    return describes.vocabulary.needed[pair].includes(standard.name)
      ? [
          {
            field: 'direction',
            message: `Without ${salesforce} no ${OBJECT_OF[pair]} can be kept in step, so it cannot be off.`,
            fix: 'Set a direction, or switch the whole rule off.',
          },
        ]
      : [];
  const toSalesforce = standard.direction === 'desk-to-salesforce';
  if (toSalesforce && direction !== 'desk-to-salesforce')
    return [oneWay(standard.desk, 'desk-to-salesforce', whyReadOnlyInDesk(standard.desk))];
  const why = direction === 'salesforce-to-desk' ? null : whyStandardReadOnly(standard, pair, describes);
  return why === null ? [] : [oneWay(standard.salesforce, 'salesforce-to-desk', why)];
}

function checkWays(found: FoundMapping, vocabulary: Vocabulary): Part[] {
  const { at, desk, mapping } = found;
  const ways = possibleWays(at, desk);
  if (!ways.possible) return [typeProblem(found, ways.reason, vocabulary)];
  const { direction, why } = ways;
  if (why === null || direction === 'two-way' || direction === mapping.direction) return [];
  return [oneWay(direction === 'salesforce-to-desk' ? at.path : desk.name, direction, why)];
}

/** What is wrong with one mapping by itself, its values left out. A field that is only shown needs none in Desk. */
export function checkMapping(mapping: Mapping, describes: Describes): Checked {
  const { pair, direction } = mapping;
  const told = (parts: readonly Part[]) =>
    parts.map((part): ConfigProblem => ({ level: 'error', record: mappingName(mapping), ...part }));
  if (!PAIRS.includes(pair)) {
    const fix = `Take one of ${PAIRS.join(', ')}.`;
    return { problems: told([{ field: 'pair', message: `There is no pair ${pair}.`, fix }]), found: null };
  }
  const standard = standardPair(mapping, describes.vocabulary);
  const location = locateField(pair, mapping.salesforce, describes);
  const desk = findDeskField(pair, mapping.desk, describes);
  const parts: Part[] = [];
  if (!location.found) parts.push({ field: 'salesforce', message: location.message, fix: location.fix });
  if (!desk && !standard && direction !== 'off')
    parts.push({ field: 'desk', ...missingDesk(mapping, describes) });
  if (location.found && standard) parts.push(...checkStandard(mapping, standard, describes));
  const found =
    location.found && desk ? { mapping, at: location.at, desk, ...(standard ? { standard } : {}) } : null;
  if (found && !standard && direction !== 'off') parts.push(...checkWays(found, describes.vocabulary));
  return { problems: told(parts), found };
}
