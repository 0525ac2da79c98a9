/** Markup. Only `html` makes it, so that no text becomes markup unescaped. */
class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type { Html };

type Content = Html | string | number | null | readonly Content[];

/**
 * A template of markup. What is put into it is escaped, for an element's text and for an attribute in double quotes;
 * markup that `html` made stays as it is, and nothing is null.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(strings.reduce((made, text, index) => made + markupOf(contents[index - 1] ?? null) + text));
}

function markupOf(content: Content): string {
  if (content === null) return '';
  if (content instanceof Html) return content.markup;
  if (typeof content === 'object') return content.map(markupOf).join('');
  return escaped(String(content));
}

/** Controls that a page cannot hold, and those that turn the direction of all that follows. */
const CONTROLS = /(?![\n\t])[\p{Cc}\u202a-\u202e]/gu;

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(CONTROLS, '')
    .replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
