const SCHEME = /^[a-z][a-z\d+.-]*:/i;
const HOST = /^[\w-]+(?:\.[\w-]+)+(?:[:/?#]|$)/;
const EMAIL = /^[^\s@<>"'?&%,;:]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i;
const PHONE = /^[+(]?[\d\s()/.-]{3,}$/;

/**
 * Where a link on a value may lead: to a page, an address or a number, and nowhere else. Null where the value is
 * none of these; then it is shown as text.
 */
export function safeLink(type: string, value: string): string | null {
  const text = value.trim();
  if (type === 'url') return pageLink(text);
  if (type === 'email') return EMAIL.test(text) ? `mailto:${text}` : null;
  if (type === 'phone') return PHONE.test(text) ? `tel:${text.replaceAll(/[^\d+]/g, '')}` : null;
  return null;
}

/** Salesforce keeps addresses of pages without their scheme too. */
function pageLink(text: string): string | null {
  const address = !SCHEME.test(text) && HOST.test(text) ? `https://${text}` : text;
  if (!URL.canParse(address)) return null;
  const { protocol, username, password, href } = new URL(address);
  // A name in front of the host makes one site look like another.
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return null;
  return href;
}

/** The page of a record in Salesforce; `instanceUrl` is the org's own address. Null for what is no id. */
export function recordLink(instanceUrl: string, object: string, id: unknown): string | null {
  if (typeof id !== 'string' || !/^[a-z\d]{15}(?:[a-z\d]{3})?$/i.test(id)) return null;
  return `${new URL(instanceUrl).origin}/lightning/r/${object}/${id}/view`;
}
