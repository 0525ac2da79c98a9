import type { TypedValue } from '../ports/helpDesk.ts';

export function primaryEmail(emails: readonly TypedValue[]): string | null {
  return emails[0]?.value ?? null;
}
