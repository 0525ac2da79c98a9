import type { Value } from '../values.ts';

/** A value in the other side's terms, or why it cannot be said there. */
export type Said = { readonly value: Value } | { readonly refused: string };

/**
 * How the values of a mapped field are said on the other side. Empty is null on both sides. What a value becomes
 * on its way there and back is what stays: going on, it is the same on both sides. Reasons name no value but
 * those of picklists and lists, because they are logged.
 */
export type Conversion = {
  readonly toDesk: (value: Value) => Said;
  readonly toSalesforce: (value: Value) => Said;
};

export const say = (value: Value): Said => ({ value });
export const refuse = (reason: string): Said => ({ refused: reason });

type Way = (value: NonNullable<Value>) => Said;

/** A conversion of values that are there; empty stays empty. */
export function ofValues(toDesk: Way, toSalesforce: Way): Conversion {
  const orEmpty =
    (way: Way) =>
    (value: Value): Said =>
      value === null || value === '' ? say(null) : way(value);
  return { toDesk: orEmpty(toDesk), toSalesforce: orEmpty(toSalesforce) };
}

/** For the way that a mapping to Desk only never goes. */
export const NO_WAY_BACK: Way = () => refuse('this field goes to Desk only');
