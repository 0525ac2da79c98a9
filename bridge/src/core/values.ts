/** A field's value in one side's own terms; dates are ISO text, a relation is the id of the parent there. */
export type Value = string | number | boolean | null;
/** Values by the pair's own field name. */
export type Values = Readonly<Record<string, Value>>;

/**
 * What each side held, each in its own terms, when the two were last in step. A side has changed when it
 * differs from its own half, so a conversion that loses something (255 characters of 32,000) is no change.
 */
export type Base = {
  readonly salesforce: Values;
  readonly desk: Values;
  /** When Desk's record was last changed, as far as this base knows (ISO). */
  readonly deskAt?: string;
  /** Fingerprint of Desk's record as the two were left. */
  readonly deskSeen?: string;
};

/** Text as Salesforce keeps it: trimmed, at most `length` characters, never empty. */
export function text(value: Value, length: number): string | null {
  if (value === null) return null;
  const trimmed = String(value).trim();
  // Half of a letter that is two characters long would become another letter on its way.
  const cut =
    trimmed.length > length
      ? trimmed
          .slice(0, length)
          .replace(/[\uD800-\uDBFF]$/, '')
          .trimEnd()
      : trimmed;
  return cut === '' ? null : cut;
}

/** A fingerprint of values: equal values give equal text, whatever the order of the fields. */
export function fingerprint(values: Values): string {
  return JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
