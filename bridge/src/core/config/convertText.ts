import { text, type Value } from '../values.ts';
import { NO_WAY_BACK, ofValues, refuse, say, type Conversion, type Said } from './conversion.ts';
import type { SalesforceField } from './describes.ts';
import { htmlText } from './htmlText.ts';

/** Desk cuts text at `maxLength`; without one, it tells none. */
const intoDesk =
  (maxLength = Infinity) =>
  (value: Value): Said =>
    say(text(value, maxLength));

/** Text that goes both ways; what is too long for the field is cut. */
export function textConversion(field: SalesforceField, maxLength?: number): Conversion {
  return ofValues(intoDesk(maxLength), (value) => say(text(value, field.length)));
}

/** Text that means nothing once it is cut: a phone number, an address, a key. */
export function wholeTextConversion(field: SalesforceField, maxLength?: number): Conversion {
  const whole = (value: Value): Said => {
    const said = text(value, Infinity);
    return said !== null && said.length > field.length
      ? refuse(`${field.name} takes ${field.length} characters, and this is longer`)
      : say(said);
  };
  return ofValues(intoDesk(maxLength), whole);
}

/** Whether it has the form of an e-mail address; blanks at its ends do not count. */
export function isEmail(address: string): boolean {
  return /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+$/.test(address.trim());
}

export function emailConversion(field: SalesforceField, maxLength?: number): Conversion {
  const { toDesk, toSalesforce } = wholeTextConversion(field, maxLength);
  return ofValues(toDesk, (value) =>
    isEmail(String(value))
      ? // Salesforce keeps addresses in lower case.
        toSalesforce(String(value).toLowerCase())
      : refuse(`${field.name} takes an e-mail address, and this is none`),
  );
}

/** Text that goes to Desk as it is. */
export function shownText(maxLength?: number): Conversion {
  return ofValues(intoDesk(maxLength), NO_WAY_BACK);
}

/** Formatted text, which goes to Desk without its formatting. */
export function richTextConversion(maxLength?: number): Conversion {
  return ofValues((value) => intoDesk(maxLength)(htmlText(String(value))), NO_WAY_BACK);
}
