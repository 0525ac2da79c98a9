export type Theme = 'cosmos' | 'slds1';
export type Look = { readonly theme: Theme; readonly mode: 'light' | 'dark'; readonly language: string };

const STYLES: Readonly<Record<Theme, string>> = {
  cosmos: '/slds2/slds2.cosmos.css',
  slds1: '/slds1/styles/salesforce-lightning-design-system.min.css',
};
const RIGHT_TO_LEFT = new Set(['ar', 'iw', 'he', 'fa', 'ur', 'yi']);

/** What `@salesforce/i18n` tells of a language of Salesforce's, such as `en_US` or `de`. */
export function i18nOf(language: string) {
  const locale = language.replace('_', '-');
  const dir = RIGHT_TO_LEFT.has(language.split('_')[0] ?? '') ? 'rtl' : 'ltr';
  return { lang: locale, locale, dir, timeZone: 'UTC' };
}

/** The page around a component; what `host` has is for its scripts. */
export function pageHtml(title: string, look: Look, host: object, nonce: string): string {
  const { lang, dir } = i18nOf(look.language);
  const scheme = look.theme === 'cosmos' ? ` class="slds-color-scheme--${look.mode}"` : '';
  // Within a script element, only this sign could end it.
  const json = JSON.stringify(host).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${lang}" dir="${dir}"${scheme}>
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(title)} | Salesforce</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${STYLES[look.theme]}" />
    <style>
      body { background: var(--slds-g-color-surface-2, #f3f3f3); color: var(--slds-g-color-on-surface-2, #2e2e2e); min-height: 100vh }
      .host-header { background: var(--slds-g-color-surface-container-1, #fff); padding: .75rem 1rem; font-weight: 700 }
      .host-block { display: block }
      .host-row { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin-top: .5rem }
      #toasts { position: fixed; inset: 1rem 0 auto; z-index: 9999; pointer-events: none; text-align: center }
    </style>
  </head>
  <body>
    <header class="host-header">Service</header>
    <div id="toasts"></div>
    <main class="slds-p-around_small"></main>
    <script nonce="${nonce}">globalThis.host = ${json};</script>
    <script type="module" nonce="${nonce}" src="/scripts/main.js"></script>
  </body>
</html>`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
