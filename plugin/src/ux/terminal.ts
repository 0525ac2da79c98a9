import { styleText, stripVTControlCharacters } from 'node:util';

/** What a line may begin with, how it looks where there are colours, and what stands for it where signs are missing. */
const MARKS = {
  '✔': { style: 'green', plain: '[ok]' },
  '✖': { style: 'red', plain: '[x]' },
  '!': { style: 'yellow', plain: '[!]' },
  '…': { style: 'dim', plain: '[.]' },
  '+': { style: 'green', plain: '+' },
  '~': { style: 'yellow', plain: '~' },
  '-': { style: 'red', plain: '-' },
} as const;
const MARKED = /^( *)([✔✖!…+~-]) (.*)$/s;
/** Lines longer than that are hard to read, however wide the terminal is. */
const WIDEST = 100;

/** Where lines are printed: a terminal, or anything else. */
type Screen = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Terminals that have no signs beyond ASCII. */
function isSimple(environment: NodeJS.ProcessEnv): boolean {
  return ['dumb', 'linux'].includes(environment['TERM'] ?? '');
}

/**
 * A line as it is printed: its mark coloured and, on a terminal, folded to its width under its first words. In a file
 * or the log of a pipeline it stays one line, without colours unless FORCE_COLOR asks for them. A heading is written
 * `# Heading`.
 */
export function shown(given: string, screen: Screen = process.stdout, environment = process.env): string {
  // A side's words may hold what a terminal takes for orders.
  const line = stripVTControlCharacters(given);
  const [, indent = '', mark, rest = ''] = MARKED.exec(line) ?? [];
  const heading = line.startsWith('# ') ? line.slice(2) : null;
  const paint = (style: 'bold' | (typeof MARKS)[keyof typeof MARKS]['style'], text: string) =>
    styleText(style, text, { stream: screen });
  if (heading !== null) return paint('bold', heading);
  const known = MARKS[mark as keyof typeof MARKS] as (typeof MARKS)[keyof typeof MARKS] | undefined;
  if (known === undefined) return folded(line, hangOf(line), screen);
  const sign = isSimple(environment) ? known.plain : mark;
  return folded(`${indent}${paint(known.style, sign ?? '')} ${rest}`, indent.length + 4, screen);
}

/** Whether progress that changes all the time can be shown: anywhere but on a terminal each change is a line. */
export function isLive(screen: Screen = process.stderr, environment = process.env): boolean {
  return screen.isTTY === true && !isSimple(environment);
}

/** What goes on stands a little to the right of where the line began. */
function hangOf(line: string): number {
  const indent = line.length - line.trimStart().length;
  return indent === 0 ? 0 : indent + 2;
}

function folded(line: string, hang: number, { isTTY, columns }: Screen): string {
  const width = isTTY ? Math.min(columns ?? 80, WIDEST) : Infinity;
  const lengthOf = (text: string) => stripVTControlCharacters(text).length;
  if (lengthOf(line) <= width) return line;
  const lines: string[] = [];
  let current = '';
  // The spaces before the first word and between words stay as they are.
  for (const word of line.match(/^ *\S+| +\S+/g) ?? []) {
    if (current !== '' && lengthOf(current + word) > width) {
      lines.push(current);
      current = ' '.repeat(hang) + word.trimStart();
    } else current += word;
  }
  return [...lines, current].join('\n');
}
