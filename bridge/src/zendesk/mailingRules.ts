import * as z from 'zod';

const Condition = z.object({ field: z.string(), operator: z.string(), value: z.unknown() });
/** A trigger or an automation, as far as it matters here. */
export const RULE = z.object({
  title: z.string(),
  conditions: z.object({ all: z.array(Condition).default([]), any: z.array(Condition).default([]) }),
  actions: z.array(z.object({ field: z.string(), value: z.unknown() })),
});
type Rule = z.infer<typeof RULE>;

/** Actions that write to people: by e-mail, or by text message. */
const WRITES_TO = /^notification_(?:sms_)?(?:user|group)$/;
/** The API's number among the channels. */
const VIA_API = '5';

/**
 * Titles of those triggers that may write to somebody when this user changes a ticket by the API. What depends on the
 * ticket may be so: only what depends on who writes, and by which way, is judged.
 */
export function mailingTriggers(triggers: readonly Rule[], userId: string): string[] {
  return triggers
    .filter(({ conditions: { all, any } }) => {
      const mayHold = (condition: z.infer<typeof Condition>) => canHold(condition, userId);
      return all.every(mayHold) && (any.length === 0 || any.some(mayHold));
    })
    .filter(({ actions }) => actions.some((action) => writesToOthers(action, userId)))
    .map(({ title }) => title);
}

/** Titles of those automations that write to somebody. They run by the hour, and know nobody who writes. */
export const mailingAutomations = (automations: readonly Rule[], userId: string): string[] =>
  automations
    .filter(({ actions }) => actions.some((action) => writesToOthers(action, userId)))
    .map(({ title }) => title);

function writesToOthers({ field, value }: Rule['actions'][number], userId: string): boolean {
  const [to] = [value].flat();
  return WRITES_TO.test(field) && to !== 'current_user' && String(to) !== userId;
}

function canHold({ field, operator, value }: z.infer<typeof Condition>, userId: string): boolean {
  if (operator !== 'is' && operator !== 'is_not') return true;
  const isUs = field === 'role' ? isRole(String(value), userId) : isOurWay(field, String(value));
  return isUs === null || isUs === (operator === 'is');
}

/** Null where it depends on the ticket. */
function isRole(role: string, userId: string): boolean | null {
  if (role === 'agent') return true;
  if (role === 'end_user') return false;
  return /^\d+$/.test(role) ? role === userId : null;
}

function isOurWay(field: string, way: string): boolean | null {
  return field === 'current_via_id' ? way === VIA_API : null;
}
