import type { Value } from '../values.ts';
import { ofValues, refuse, say, type Conversion, type Said } from './conversion.ts';
import type { SalesforceField } from './describes.ts';

/** Salesforce gives the whole numbers of its own fields no precision; they take eight digits. */
const WHOLE_DIGITS = 8;
const PLAIN = new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 20 });

/** Without an exponent, whatever the size; adding 0 makes zero of minus zero. */
const plain = (number: number) => PLAIN.format(number + 0);

function intoDesk(field: SalesforceField, value: Value): Said {
  const number = Number(value);
  if (!Number.isFinite(number)) return refuse(`${field.name} holds no number`);
  // Beyond this a number has lost digits on its way here already.
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER)
    return refuse(`${field.name} holds more digits than can be carried exactly`);
  // The result of a formula has more digits than Salesforce shows.
  return say(plain(Number(number.toFixed(field.scale))));
}

function intoSalesforce(field: SalesforceField, value: Value): Said {
  const match = /^([+-]?)(\d*)(?:\.(\d+))?$/.exec(String(value).trim());
  if (!match || (match[2] === '' && match[3] === undefined))
    return refuse(`${field.name} takes a number such as 1234.5, and this is none`);
  const whole = (match[2] ?? '').replace(/^0+/, '');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  const digits = (field.precision || WHOLE_DIGITS) - field.scale;
  if (whole.length > digits)
    return refuse(`${field.name} takes ${digits} digits before the point, and this has more`);
  if (fraction.length > field.scale)
    return refuse(
      field.scale === 0
        ? `${field.name} takes whole numbers, and this has a fraction`
        : `${field.name} takes ${field.scale} digits after the point, and this has more`,
    );
  const exact = `${whole || '0'}${fraction && `.${fraction}`}`;
  const number = Number(exact);
  if (plain(number) !== exact) return refuse(`this has more digits than can be carried exactly`);
  return say(match[1] === '-' ? 0 - number : number);
}

/** A number and its digits; Desk has even whole numbers as text. */
export function numberConversion(field: SalesforceField): Conversion {
  return ofValues(
    (value) => intoDesk(field, value),
    (value) => intoSalesforce(field, value),
  );
}
