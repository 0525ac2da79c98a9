import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets are the same; takes as long for a wrong one as for the right one. Both are hashed first, so
 * that not even their lengths are told.
 */
export function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
