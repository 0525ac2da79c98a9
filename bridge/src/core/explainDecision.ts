import type { Decision } from './decide.ts';
import type { Conflict, NotCarried } from './mergeFields.ts';

/** What did not cross and why, field by field, for the log, the link and `explain`. */
export function notCarriedText(fields: readonly NotCarried[]): string {
  return fields.map(({ field, reason }) => `${field}, because ${reason}`).join('; ');
}

/** Which value of a conflict was kept. */
export function keptText({ field, winner }: Conflict): string {
  return `both sides changed ${field}; ${winner === 'desk' ? "Desk's" : "Salesforce's"} value is kept`;
}

/** A decision in words, with names of fields and ids, never with values. */
export type Explanation = {
  /** What the bridge would do now. */
  readonly action: Decision['do'];
  /** The rule that says so. */
  readonly rule: string;
  readonly text: string;
  readonly details: readonly string[];
};

const heldBack = (field: string) => `differs, and may not cross this way: ${field}`;
const inStepText = (held: readonly string[]) =>
  held.length === 0
    ? 'Both sides say the same. There is nothing to do.'
    : 'All that may cross is the same on both sides. There is nothing to do.';
const withoutParent = (field: string) => `waits for its counterpart on the other side: ${field}`;

/** Says why a pair is as it is, from the decision that the bridge would take about it now. Pure. */
export function explainDecision(decision: Decision): Explanation {
  const head = { action: decision.do, rule: decision.rule };
  switch (decision.do) {
    case 'nothing':
      return decision.pending.length === 0
        ? { ...head, text: inStepText(decision.held), details: decision.held.map(heldBack) }
        : {
            ...head,
            text: 'All that can cross is the same on both sides. The rest waits for somebody.',
            details: [...decision.pending.map(withoutParent), ...decision.held.map(heldBack)],
          };
    case 'update':
      return {
        ...head,
        text: 'The two sides differ, and the difference would cross.',
        details: [
          ...decision.written.filter(({ to }) => to === 'desk').map(({ field }) => `to Desk: ${field}`),
          ...Object.keys(decision.toSalesforce).map((field) => `to Salesforce: ${field}`),
          ...decision.conflicts.map(keptText),
          ...decision.pending.map(withoutParent),
          ...decision.notCarried.map((one) => `not carried: ${notCarriedText([one])}`),
          ...decision.held.map(heldBack),
        ],
      };
    case 'createInSalesforce':
      return { ...head, text: 'It is in Desk only, and would be made in Salesforce.', details: [] };
    case 'createInDesk':
      return { ...head, text: 'It is in Salesforce only, and would be made in Desk.', details: [] };
    case 'link':
      return { ...head, text: `It would be linked with ${decision.otherId}.`, details: [] };
    case 'await':
      return {
        ...head,
        text: 'It waits for its parents, which have no counterpart yet.',
        details: decision.parents.map(({ pair, side, id }) => `${pair} ${id} in ${side}`),
      };
    case 'park':
    case 'exclude':
      return { ...head, text: decision.message, details: [] };
    case 'inherit':
      return {
        ...head,
        text: 'Records that are in step were merged into it: it takes over the counterpart of one of them.',
        details: decision.from.map((id) => `merged into it: ${id}`),
      };
    case 'move':
      return {
        ...head,
        text: `The record in Salesforce was merged into ${decision.survivorId}, which takes its place.`,
        details: [],
      };
    case 'unlink':
      return {
        ...head,
        text:
          decision.rule === 'becamePerson'
            ? 'The account is a person now, and no company any more, so the sync of this pair ends.'
            : 'One of the two records is gone, so the sync of this pair ends.',
        details: [],
      };
    case 'forget':
      return {
        ...head,
        text:
          decision.rule === 'personAccount'
            ? 'The account is a person: it is in step as a customer, by its contact.'
            : 'The record is gone, and was never linked.',
        details: [],
      };
  }
}
