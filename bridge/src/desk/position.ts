import type { FeedPosition } from '../ports/helpDesk.ts';

/** Where a feed of Desk stands, in the form that stores hold. */
export type DeskPosition = { readonly since: string; readonly id: string };

/** @throws where another help desk gave the position: nothing can be read from there */
export function deskPosition(position: FeedPosition): DeskPosition | null {
  if (position === null) return null;
  const { since, id } = position;
  if (since === undefined || id === undefined)
    throw new Error(`This is no position of a feed of Desk: ${JSON.stringify(position)}.`);
  return { since, id };
}
