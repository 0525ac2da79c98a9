/**
 * The words of a command as a shell passes them on. Knows quotes, and nothing else of a shell: what needs more is no
 * command for a page.
 */
export function shellWords(line: string): string[] {
  const parts = line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g);
  return [...parts].map(([word]) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
