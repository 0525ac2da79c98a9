/** As many characters as a long text area of Salesforce takes. */
export const LONGEST_JSON = 131_072;

/** A text for people, cut where it is too long. A name and password in an address have no place in it. */
export function shorten(text: string, longest: number): string {
  const safe = text.replaceAll(/\/\/[^/\s@]*@/g, '//');
  return (safe.length > longest ? `${safe.slice(0, Math.max(0, longest - 1))}…` : safe).toWellFormed();
}
