import type { FieldMap } from '../fieldMap.ts';
import type { Value } from '../values.ts';
import type { DeskField } from './deskField.ts';
import type { ValuePair } from './syncConfig.ts';
import { valueMap } from './valueMap.ts';

type Ways = Pick<FieldMap, 'toDesk' | 'toSalesforce'>;

/**
 * A standard map that goes by the admin's pairs first, and for the rest as before. Where that gives a value that is
 * paired, its pair decides what is written, so that a value comes to rest.
 */
export function withValues(standard: FieldMap, pairs: readonly ValuePair[], desk: DeskField): Ways {
  const map = valueMap(pairs);
  // A priority is a number in the standard map.
  const inForm = (value: string): Value => (desk.type === 'integer' ? Number(value) : value);
  const pairedInDesk = (value: string): string | undefined => {
    const meant = map.toSalesforce(value);
    return meant === undefined ? undefined : map.toDesk(meant);
  };
  const pairedInSalesforce = (value: string): string | undefined => {
    const meant = map.toDesk(value);
    return meant === undefined ? undefined : map.toSalesforce(meant);
  };
  return {
    toDesk: (value, current) => {
      const before = String(standard.toDesk(value, null));
      const paired = value === null ? undefined : map.toDesk(String(value));
      const said = inForm(paired ?? pairedInDesk(before) ?? before);
      return desk.fitting?.(said, current) ?? said;
    },
    toSalesforce: (value) => {
      const before = String(standard.toSalesforce(value));
      const paired = value === null ? undefined : map.toSalesforce(String(value));
      return paired ?? pairedInSalesforce(before) ?? before;
    },
  };
}
