import type { Value } from '../values.ts';
import { CHECKBOX } from './convertCheckbox.ts';
import { choiceConversion, choiceTextConversion } from './convertChoice.ts';
import { numberConversion } from './convertNumber.ts';
import * as texts from './convertText.ts';
import { dateConversion, dayOfMomentConversion, momentConversion } from './convertTime.ts';
import { refuse, type Conversion, type Said } from './conversion.ts';
import type { DeskField } from './deskField.ts';
import type { LocatedField } from './locateField.ts';
import { selectionChoiceConversion, selectionConversion } from './convertSelection.ts';
import type { Pairing } from './pairing.ts';
import { heldType } from './fieldTypes.ts';

/** The conversion by types, of a pair that agrees. */
function byType({ field, lookup }: LocatedField, desk: DeskField, pairs: Pairing): Conversion {
  const type = heldType(field);
  switch (type) {
    case 'Picklist':
      return desk.type === 'list' ? choiceConversion(field, desk, pairs) : choiceTextConversion(pairs.values);
    case 'Picklist (Multi-Select)':
      return desk.type === 'list'
        ? selectionChoiceConversion(field, desk, pairs)
        : selectionConversion(field, desk, pairs);
    case 'Checkbox':
      return CHECKBOX;
    case 'Date':
      return dateConversion(field);
    case 'Date/Time':
      return desk.type === 'date' ? dayOfMomentConversion(field) : momentConversion(field);
    case 'Number':
    case 'Currency':
    case 'Percent':
      return numberConversion(field);
    case 'Email':
      return texts.emailConversion(field, desk.maxLength);
    case 'Phone':
    case 'URL':
      return texts.wholeTextConversion(field, desk.maxLength);
    case 'Text Area (Rich)':
      return texts.richTextConversion(desk.maxLength);
    case 'External Lookup Relationship':
      return texts.shownText(desk.maxLength);
    default:
      return lookup
        ? texts.wholeTextConversion(field, desk.maxLength)
        : texts.textConversion(field, desk.maxLength);
  }
}

const isSaid = (said: Said): said is { value: Value } => 'value' in said;

/**
 * How values of a field of Salesforce and of one of Desk that agree are said on the other side, with what either
 * side cannot be without.
 */
export function conversionOf(at: LocatedField, desk: DeskField, pairs: Pairing): Conversion {
  const { toDesk, toSalesforce } = byType(at, desk, pairs);
  const target = at.lookup ?? at.field;
  return {
    toDesk: (value) => {
      const said = toDesk(value);
      if (!isSaid(said)) return said;
      if (said.value === null) return desk.required ? refuse(`${desk.name} cannot be empty`) : said;
      const why = desk.refuses?.(said.value) ?? null;
      return why === null ? said : refuse(why);
    },
    toSalesforce: (value) => {
      const said = toSalesforce(value);
      const empty = isSaid(said) && said.value === null;
      return empty && !target.nillable ? refuse(`${target.name} cannot be empty`) : said;
    },
  };
}
