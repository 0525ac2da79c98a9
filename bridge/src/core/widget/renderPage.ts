import { html, type Html } from './html.ts';

/** Where the page's stylesheet is, from every page of the widget. */
export const STYLESHEET = 'style.css';

/** A whole page. `style` is the way from the page to the stylesheet. */
export function renderPage(title: string, body: Html, style: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="${style}" />
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.markup;
}

/** A page that says what happened and what to do, and shows no record. */
export function renderMessage({ title, text }: Message): Html {
  return html`<h1 class="title">${title}</h1>
    <p class="text">${text}</p>`;
}

export type Message = { readonly title: string; readonly text: string };
