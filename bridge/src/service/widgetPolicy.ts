/**
 * What the pages of the widget may do, as the header `content-security-policy` says it. A page may load its stylesheet
 * and nothing else, run nothing, send nothing, and stand in a frame of the desk's site alone. The one that asks the
 * desk which case it stands beside holds no record; it runs scripts of this address, and sends a form to it.
 */
export function policiesFor(site: string): { readonly page: string; readonly asking: string } {
  const bounds = ["default-src 'none'", "style-src 'self'", "base-uri 'none'", `frame-ancestors ${site}`];
  const page = [...bounds, "form-action 'none'", 'sandbox allow-popups allow-popups-to-escape-sandbox'];
  // Its origin has to be its own: the desk neither hears nor answers a page without one.
  const asking = [
    ...bounds,
    "script-src 'self'",
    "form-action 'self'",
    'sandbox allow-scripts allow-forms allow-same-origin',
  ];
  return { page: page.join('; '), asking: asking.join('; ') };
}
