import andMore from '@salesforce/label/c.DeskSync_AndMore';
import retryAll from '@salesforce/label/c.DeskSync_RetryAllOf';
import { causeOf, countText, fill, pairText, recordAddress } from 'c/deskSync';
import type { Health } from './health';

/** Causes of failures with the records that they stop. Those of one class are retried together. */
export function causeRows(causes: Health['causes']) {
  return causes.map(({ class: failureClass, code, pairs, examples }) => {
    const { text, hint } = causeOf(failureClass) ?? { text: failureClass, hint: '' };
    return {
      key: `${failureClass} ${code}`,
      failureClass,
      code,
      text,
      hint,
      count: countText(pairs),
      retryLabel: fill(retryAll, text),
      more: pairs > examples.length ? fill(andMore, countText(pairs - examples.length)) : '',
      examples: examples.map(({ pair, recordId, deskId, text: said }) => ({
        key: `${pair} ${recordId ?? ''} ${deskId ?? ''}`,
        name: `${pairText(pair)} ${deskId ?? recordId ?? ''}`,
        address: recordAddress(recordId),
        said,
      })),
    };
  });
}
