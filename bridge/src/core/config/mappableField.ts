import { salesforceType } from './fieldTypes.ts';
import { agreement, type Agreement } from './typeTable.ts';
import type { DeskField } from './deskField.ts';
import type { DeskType, SalesforceField } from './describes.ts';
import type { Direction } from './syncConfig.ts';
import type { LocatedField } from './locateField.ts';

/** Whether a field tells one record of its object from all others, so that a lookup can be set by it. */
export function isKey(field: SalesforceField): boolean {
  return field.externalId || (field.idLookup && field.unique);
}

/** What `agreement` says, for a field that may be reached through a lookup: there only a key can be written. */
export function agreementAt({ field, lookup }: LocatedField, desk: DeskType): Agreement {
  const own = agreement(field, desk);
  if (lookup === null || own.carried === 'no') return own;
  if (!isKey(field)) return { carried: 'to-desk', loss: own.loss };
  if (desk !== 'string') return own;
  const unknownKey = 'a key that no record has is refused by Salesforce';
  return { carried: 'both', loss: own.loss === null ? unknownKey : `${own.loss}; ${unknownKey}` };
}

/** Why the bridge's user cannot write to the field; null where it can. */
export function whyReadOnly({ field, lookup }: LocatedField): string | null {
  const { name, createable, updateable } = lookup ?? field;
  if (createable && updateable) return null;
  if (createable) return `${name} can be set on new records only`;
  return updateable ? `${name} cannot be set on new records` : `the bridge's user cannot change ${name}`;
}

/** Of a field that a desk itself fills. */
export const whyReadOnlyInDesk = (name: string) => `nobody sets ${name} in Desk`;

export type Possible =
  | {
      readonly possible: true;
      /** The widest direction that can be had. */
      readonly direction: Exclude<Direction, 'off'>;
      /** Why it is not both ways; null where it is. */
      readonly why: string | null;
      readonly loss: string | null;
    }
  | { readonly possible: false; readonly reason: string };

/** Why the types let values go to Desk only. */
function whyToDesk({ field, lookup }: LocatedField): string {
  if (lookup && !isKey(field)) return `it is no key (external id) of the record that ${lookup.name} leads to`;
  const type = salesforceType(field);
  return field.calculated || field.autoNumber
    ? `a field of the type ${type} is not written by anybody`
    : `what Desk has there cannot become a ${type}`;
}

/** Which way values can go between a field of Salesforce and one of Desk. */
export function possibleWays(
  at: LocatedField,
  desk: Pick<DeskField, 'name' | 'type' | 'readOnly'>,
): Possible {
  const agreed = agreementAt(at, desk.type);
  if (agreed.carried === 'no') return { possible: false, reason: agreed.reason };
  const why = agreed.carried === 'to-desk' ? whyToDesk(at) : whyReadOnly(at);
  if (desk.readOnly) {
    const own = whyReadOnlyInDesk(desk.name);
    return why === null
      ? { possible: true, direction: 'desk-to-salesforce', why: own, loss: agreed.loss }
      : { possible: false, reason: `${own}, and ${why}` };
  }
  return {
    possible: true,
    direction: why === null ? 'two-way' : 'salesforce-to-desk',
    why,
    loss: agreed.loss,
  };
}
