type Example = string | { readonly command: string; readonly description: string };

/** An example as people read it: what it is for, and the lines that they type. */
export function exampleOf(id: string, example: Example): { text: string; lines: string[] } {
  const [text = '', ...lines] =
    typeof example === 'string' ? example.split('\n') : [example.description, ...example.command.split('\n')];
  const filled = (line: string) =>
    line
      .trim()
      .replaceAll('<%= config.bin %>', 'sf')
      .replaceAll('<%= command.id %>', id.replaceAll(':', ' '));
  return { text: text.trim(), lines: lines.map(filled).filter(Boolean) };
}
