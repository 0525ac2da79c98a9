import { OBJECT_OF, type PairKind } from '../pair.ts';
import { deskFieldsOf } from './deskFields.ts';
import type { Describes, SalesforceField } from './describes.ts';
import { narrower } from './mappingMaps.ts';
import { outcomeFor } from './salesforceField.ts';
import { setupTypeOf } from './setupTypes.ts';
import type { Direction } from './syncConfig.ts';

/** Two fields whose types agree. */
export type FieldPair = {
  readonly salesforce: string;
  readonly type: string;
  readonly desk: string;
  readonly deskType: string;
  /** The widest direction that a mapping of them can have. */
  readonly direction: Direction;
  readonly loss: string | null;
};
/** A field of Salesforce that no field of Desk agrees with, and why. */
export type Unmappable = { readonly salesforce: string; readonly type: string; readonly reason: string };

/** What can be mapped with each other, and what cannot, for a kind of pair. */
export function fieldPairsOf(
  pair: PairKind,
  describes: Describes,
): { readonly pairs: readonly FieldPair[]; readonly unmappable: readonly Unmappable[] } {
  const desk = deskFieldsOf(pair, describes.desk[pair]);
  const pairs: FieldPair[] = [];
  const unmappable: Unmappable[] = [];
  for (const field of describes.salesforce[OBJECT_OF[pair]]?.fields ?? []) {
    const type = setupTypeOf(field) ?? field.type;
    const found = { ok: true, field, path: field.name, isKey: false, lookup: null } as const;
    let reason = 'Desk has no custom field of a type that agrees.';
    const before = pairs.length;
    for (const one of desk) {
      const outcome = outcomeFor(found, one.type);
      if (outcome.carried === 'no') {
        reason = ownReason(field, outcome.reason) ?? reason;
        continue;
      }
      const byType: Direction = outcome.carried === 'both' ? 'two-way' : 'salesforce-to-desk';
      const direction = one.write ? byType : narrower(byType, 'desk-to-salesforce');
      if (direction === 'off') continue;
      const { loss } = outcome;
      pairs.push({ salesforce: field.name, type, desk: one.name, deskType: one.type, direction, loss });
    }
    if (pairs.length === before) unmappable.push({ salesforce: field.name, type, reason });
  }
  return { pairs, unmappable };
}

/** A reason that is the field's own, whatever field of Desk it is held against. */
function ownReason({ type }: SalesforceField, reason: string): string | null {
  return ['reference', 'location', 'encryptedstring'].includes(type) || /cannot be mapped/.test(reason)
    ? reason
    : null;
}
