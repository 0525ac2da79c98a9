import { createHmac } from 'node:crypto';
import { sameSecret } from '../http/sameSecret.ts';

/** How long a link to a case's page is good: an agent who comes back later reloads the case in Desk. */
export const LINK_MS = 10 * 60_000;

/** What signs: the widget's secret, and the origin of the Desk site that it is for. */
export type WidgetKey = { readonly secret: string; readonly site: string };

const signed = (secret: string, ...parts: readonly string[]) =>
  createHmac('sha256', secret).update(parts.join('\n')).digest('hex');

/**
 * What Desk's integration URL shows to open the page of any case of its site. Desk can compute nothing, so this
 * stands there as it is; it is no secret of ours, only made of it.
 */
export function openingKey({ secret, site }: WidgetKey): string {
  return signed(secret, 'desk-connect widget open 1', site);
}

export function opens(key: WidgetKey, given: string): boolean {
  return sameSecret(given, openingKey(key));
}

/** The query of a link to the page of one case, good for ten minutes. @param now milliseconds since 1970 */
export function signCase(key: WidgetKey, caseId: string, now: number): string {
  const expires = String(Math.floor((now + LINK_MS) / 1_000));
  return new URLSearchParams({ expires, signature: caseSignature(key, caseId, expires) }).toString();
}

/** Whether a link was signed for this case of this site by one of the keys, and is still good. */
export function checkCase(
  keys: readonly WidgetKey[],
  link: { readonly caseId: string; readonly expires: string; readonly signature: string },
  now: number,
): 'good' | 'forged' | 'expired' {
  const isSigned = (key: WidgetKey) =>
    sameSecret(link.signature, caseSignature(key, link.caseId, link.expires));
  if (!keys.some(isSigned)) return 'forged';
  return now < Number(link.expires) * 1_000 ? 'good' : 'expired';
}

function caseSignature({ secret, site }: WidgetKey, caseId: string, expires: string): string {
  return signed(secret, 'desk-connect widget case 1', site, caseId, expires);
}
