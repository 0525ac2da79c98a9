import type { Access } from './access';

/** What stands in a card instead of its content. */
export type CardState =
  | { readonly kind: 'loading'; readonly text: string }
  | { readonly kind: 'hidden' | 'error' | 'empty'; readonly title: string; readonly text: string };

type Facts = {
  readonly access: Access;
  /** What the org says of a query that failed; empty where none did. */
  readonly readError: string;
  /** Undefined while the org has not answered, null where it has nothing. */
  readonly value: unknown;
  readonly labels: {
    readonly loading: string;
    readonly noPermission: string;
    readonly noPermissionHint: string;
    readonly notReadable: string;
    readonly empty: string;
    readonly emptyHint: string;
  };
};

/** Null where there is content to show. A user without access is told so before anything else. */
export function cardState({ access, readError, value, labels }: Facts): CardState | null {
  if (access === 'none') return { kind: 'hidden', title: labels.noPermission, text: labels.noPermissionHint };
  if (readError !== '') return { kind: 'error', title: labels.notReadable, text: readError };
  if (access === 'unknown' || value === undefined) return { kind: 'loading', text: labels.loading };
  return value === null ? { kind: 'empty', title: labels.empty, text: labels.emptyHint } : null;
}
