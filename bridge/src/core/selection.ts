import type { Direction, Rule } from './config/syncConfig.ts';
import type { SideName } from './mergeFields.ts';

/** Which way something may cross. */
export type Allowed = { readonly toSalesforce: boolean; readonly toDesk: boolean };
/** Whether the record of each side meets the condition of its side; true where there is none. */
export type Included = Readonly<Record<SideName, boolean>>;
/** Why the rule of a pair leaves it out. */
export type Exclusion = 'directionOff' | 'outsideCondition' | 'createOff' | 'updateOff';

const TO_SALESFORCE: ReadonlySet<Direction> = new Set(['two-way', 'desk-to-salesforce']);
const TO_DESK: ReadonlySet<Direction> = new Set(['two-way', 'salesforce-to-desk']);

/** Which way a direction lets things cross; both where none is said. */
export function allowedBy(direction: Direction = 'two-way'): Allowed {
  return { toSalesforce: TO_SALESFORCE.has(direction), toDesk: TO_DESK.has(direction) };
}

/** Which way the changes of two linked records may cross. */
export function mayUpdate(rule: Rule, included: Included): Allowed {
  const { toSalesforce, toDesk } = allowedBy(rule.direction);
  return {
    toSalesforce: toSalesforce && rule.updateInSalesforce && included.desk,
    toDesk: toDesk && rule.updateInDesk && included.salesforce,
  };
}

/** Why nothing of two linked records may cross; null where something may. */
export function whyLinkedExcluded(rule: Rule, included: Included): Exclusion | null {
  const { toSalesforce, toDesk } = mayUpdate(rule, included);
  if (toSalesforce || toDesk) return null;
  if (rule.direction === 'off') return 'directionOff';
  const unconditional = mayUpdate(rule, { salesforce: true, desk: true });
  return unconditional.toSalesforce || unconditional.toDesk ? 'outsideCondition' : 'updateOff';
}

/** Why a record without a link is not even looked for on the other side; null where it is. */
export function whyAloneExcluded(rule: Rule, included: Included, side: SideName): Exclusion | null {
  const allowed = allowedBy(rule.direction);
  if (!(side === 'desk' ? allowed.toSalesforce : allowed.toDesk)) return 'directionOff';
  return included[side] ? null : 'outsideCondition';
}

/** Whether a record of that side may be made on the other one. */
export function mayCreate(rule: Rule, from: SideName): boolean {
  return from === 'desk' ? rule.createInSalesforce : rule.createInDesk;
}

/** What the link and the log say of a pair that its rule leaves out. */
export function exclusionText(why: Exclusion): string {
  switch (why) {
    case 'directionOff':
      return 'The rule of this pair lets nothing cross this way.';
    case 'outsideCondition':
      return 'The record does not meet the condition of its rule. Changes stay on their side until it does.';
    case 'createOff':
      return 'The rule of this pair makes no new records there, and no existing one matches.';
    case 'updateOff':
      return 'The rule of this pair lets no changes cross.';
  }
}
