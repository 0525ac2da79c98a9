/** What of the store is one transaction: killed before it, before its commit, and after it. */
const TRANSACTION = ['before', 'within', 'after'] as const;
/** What is one call of a port: killed before it, while its request is under way, at its answer, and after it. */
const REQUEST = ['before', 'sent', 'answered', 'after'] as const;
/** What leaves nothing behind. */
const PURE = ['before', 'after'] as const;

export type Place = (typeof TRANSACTION | typeof REQUEST | typeof PURE)[number];

/** The steps after which something has been made sure that was not before, each with the places where a kill strikes. */
export const STEPS = {
  migration: TRANSACTION,
  'inbox write': TRANSACTION,
  'stream commit': TRANSACTION,
  'cursor write': TRANSACTION,
  'full-sync page': TRANSACTION,
  claim: TRANSACTION,
  decide: PURE,
  'record made in Salesforce': REQUEST,
  'record changed in Salesforce': REQUEST,
  'record made in Desk': REQUEST,
  'record changed in Desk': REQUEST,
  'comment or e-mail made in Salesforce': REQUEST,
  'note made in Desk': REQUEST,
  'reply made in Desk': REQUEST,
  'note or reply tied': REQUEST,
  'link made in Salesforce': REQUEST,
  'link changed in Salesforce': REQUEST,
  'link moved in Salesforce': REQUEST,
  'link write': TRANSACTION,
  'base write': TRANSACTION,
  'log write': TRANSACTION,
  'log carried to Salesforce': REQUEST,
} as const satisfies Readonly<Record<string, readonly Place[]>>;

export type StepName = keyof typeof STEPS;
/** A bridge that has this order kills itself there, once it has passed the place `skip` times. */
export type Order = { readonly step: StepName; readonly place: Place; readonly skip: number };
/** What a bridge is told from outside; without an order it lives. */
export type Told = { readonly order: Order | null };

/** Every place of every step, once: of what is asked of either side, of all else, or of both. */
export function placesOf(part: 'requests' | 'store' | 'all'): { step: StepName; place: Place }[] {
  return (Object.keys(STEPS) as StepName[])
    .filter((step) => part === 'all' || (STEPS[step] === REQUEST) === (part === 'requests'))
    .flatMap((step) => STEPS[step].map((place) => ({ step, place })));
}
