/** Milliseconds since 1970 of a time or a day as either side writes it; Salesforce's zone is no ISO 8601. NaN for none. */
export function timeOf(text: string): number {
  return Date.parse(text.replace(/\+0000$/, 'Z'));
}
