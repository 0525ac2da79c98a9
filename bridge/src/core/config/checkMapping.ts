import { OBJECT_OF, PAIRS } from '../pair.ts';
import { closest } from './closest.ts';
import type { ConfigProblem } from './configProblem.ts';
import type { DeskField } from './deskField.ts';
import { deskFields, findDeskField } from './deskFields.ts';
import { DESK_TYPES, type Describes } from './describes.ts';
import { salesforceType } from './fieldTypes.ts';
import { locateField, type LocatedField } from './locateField.ts';
import { agreementAt, possibleWays, whyReadOnly } from './mappableField.ts';
import { NEEDED, standardPair } from './standardPair.ts';
import { mappingName, type Mapping } from './syncConfig.ts';

/** A mapping whose fields are both there. */
export type FoundMapping = {
  readonly mapping: Mapping;
  readonly at: LocatedField;
  readonly desk: DeskField;
};
export type Checked = { readonly problems: readonly ConfigProblem[]; readonly found: FoundMapping | null };

/** Fields that Desk has and that no mapping takes, and why. */
const NOT_MAPPED: Readonly<Record<string, string>> = {
  labels: 'a case has many labels, and no field of Salesforce takes them all',
  external_id: 'Desk Connect keeps the id of the record in Salesforce there',
  company: 'it is a record of its own, and goes with AccountId only',
  customer: 'it is a record of its own, and goes with ContactId only',
};

function missingDesk(mapping: Mapping, describes: Describes): Pick<ConfigProblem, 'message' | 'fix'> {
  const { pair, desk } = mapping;
  const whyNot = NOT_MAPPED[desk.toLowerCase()];
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
    fix:
      near === null
        ? "Custom fields are named custom_fields. and the field's key in Desk."
        : `Did you mean ${near}?`,
  };
}

function typeProblem(
  { at, desk }: FoundMapping,
  reason: string,
): Pick<ConfigProblem, 'field' | 'message' | 'fix'> {
  const agreeing = DESK_TYPES.filter((type) => agreementAt(at, type).carried !== 'no');
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

const toDeskOnly = (at: LocatedField, why: string): Part => ({
  field: 'direction',
  message: `${at.path} can go to Desk only: ${why}.`,
  fix: 'Set the direction to salesforce-to-desk.',
});

/** A standard pair has a conversion of its own: what counts is whether it can be off, and what the user may write. */
function checkStandard({ pair, direction, salesforce }: Mapping, name: string, at: LocatedField): Part[] {
  if (direction === 'off')
    return NEEDED[pair].includes(name)
      ? [
          {
            field: 'direction',
            message: `Without ${salesforce} no ${OBJECT_OF[pair]} can be kept in step, so it cannot be off.`,
            fix: 'Set a direction, or switch the whole rule off.',
          },
        ]
      : [];
  const why = direction === 'salesforce-to-desk' ? null : whyReadOnly(at);
  return why === null ? [] : [toDeskOnly(at, why)];
}

function checkWays(found: FoundMapping): Part[] {
  const ways = possibleWays(found.at, found.desk.type);
  if (!ways.possible) return [typeProblem(found, ways.reason)];
  const { direction } = found.mapping;
  return ways.why === null || direction === 'salesforce-to-desk' ? [] : [toDeskOnly(found.at, ways.why)];
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
  const standard = standardPair(mapping);
  const location = locateField(pair, mapping.salesforce, describes);
  const desk = findDeskField(pair, mapping.desk, describes);
  const parts: Part[] = [];
  if (!location.found) parts.push({ field: 'salesforce', message: location.message, fix: location.fix });
  if (!desk && !standard && direction !== 'off')
    parts.push({ field: 'desk', ...missingDesk(mapping, describes) });
  if (location.found && standard) parts.push(...checkStandard(mapping, standard.name, location.at));
  const found = location.found && desk ? { mapping, at: location.at, desk } : null;
  if (found && !standard && direction !== 'off') parts.push(...checkWays(found));
  return { problems: told(parts), found };
}
