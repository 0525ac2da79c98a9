/**
 * The words of a command as a shell passes them on; a comment at the end goes. Knows quotes, and nothing else of a
 * shell: what needs more is no command for a page.
 */
export function shellWords(text: string): string[] {
  const pieces = text.matchAll(/(?:[^\s'"#]|(?<=\S)#|'[^']*'|"[^"]*")+|#.*$/g);
  return [...pieces]
    .map(([word]) => word)
    .filter((word) => !word.startsWith('#'))
    .map((word) =>
      word.replaceAll(
        /'([^']*)'|"([^"]*)"/g,
        (_, single?: string, double?: string) => single ?? double ?? '',
      ),
    );
}
