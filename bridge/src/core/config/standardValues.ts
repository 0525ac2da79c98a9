import type { FieldMap } from '../fieldMap.ts';
import type { Value } from '../values.ts';
import type { DeskField } from './deskField.ts';
import type { ValuePair } from './syncConfig.ts';
import { valueMap } from './valueMap.ts';

type Ways = Pick<FieldMap, 'toDesk' | 'toSalesforce'>;

/**
 * A standard map that goes by the admin's pairs first, and for the rest as before. Where that gives a value that is
 * paired, or one that would come back as a paired one, the pair decides what is written, so that a value comes to
 * rest.
 */
export function withValues(standard: FieldMap, pairs: readonly ValuePair[], desk: DeskField): Ways {
  const map = valueMap(pairs);
  // A priority is a number in the standard map.
  const inForm = (value: string): Value => (desk.type === 'integer' ? Number(value) : value);
  const there = (value: Value) => String(standard.toDesk(value, null));
  const back = (value: Value) => String(standard.toSalesforce(value));
  const wordInDesk = (value: Value): string => {
    const paired = map.toDesk(String(value));
    if (paired !== undefined) return paired;
    const before = there(value);
    return map.toDesk(map.toSalesforce(before) ?? back(inForm(before))) ?? before;
  };
  const wordInSalesforce = (value: Value): string => {
    const paired = map.toSalesforce(String(value));
    if (paired !== undefined) return paired;
    const before = back(value);
    return map.toSalesforce(map.toDesk(before) ?? there(before)) ?? before;
  };
  return {
    toDesk: (value, current) => {
      const said = inForm(wordInDesk(value));
      return desk.fitting?.(said, current) ?? said;
    },
    toSalesforce: wordInSalesforce,
  };
}
