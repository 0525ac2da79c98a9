import { refuse, say, type Conversion } from './conversion.ts';

/** A checkbox is never empty: what Desk has left empty is unchecked. */
export const CHECKBOX: Conversion = {
  toDesk: (value) => say(value === true || value === 'true'),
  toSalesforce: (value) => {
    if (value === null || value === false) return say(false);
    return value === true ? say(true) : refuse('a checkbox takes yes or no, and this is neither');
  },
};
