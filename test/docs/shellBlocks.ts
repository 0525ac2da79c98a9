import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shellWords } from '../support/shellWords.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A command of a page, as a shell takes it. */
export type ShellCommand = {
  readonly page: string;
  readonly line: number;
  /** Assignments before it, or the names and values of an `export`. */
  readonly env: Readonly<Record<string, string>>;
  /** The program and its arguments; none where the line only assigns. */
  readonly words: readonly string[];
  readonly text: string;
};

/** The pages that tell people to run something. */
export const commandPages = (): string[] => globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).sort();

/** The commands of the fenced `sh` blocks of a page, in their order. */
export function shellCommands(
  page: string,
  markdown = readFileSync(`${ROOT}/${page}`, 'utf8'),
): ShellCommand[] {
  const found: ShellCommand[] = [];
  let isShell = false;
  let begun = '';
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^\s*```(\w*)/.exec(line);
    if (fence) {
      isShell = !isShell && ['sh', 'bash', 'shell'].includes(fence[1] ?? '');
      continue;
    }
    if (!isShell) continue;
    begun += line.trim();
    if (begun.endsWith('\\')) {
      begun = begun.slice(0, -1);
      continue;
    }
    const text = begun;
    begun = '';
    if (text !== '' && !text.startsWith('#')) found.push({ page, line: index + 1, text, ...parsed(text) });
  }
  return found;
}

const ASSIGNMENT = /^([A-Z_]+)=(.*)$/s;

function parsed(text: string): Pick<ShellCommand, 'env' | 'words'> {
  const words = shellWords(text);
  if (words[0] === 'export') words.shift();
  const env: Record<string, string> = {};
  for (;;) {
    const [, name, value = ''] = ASSIGNMENT.exec(words[0] ?? '') ?? [];
    if (name === undefined) return { env, words };
    env[name] = value;
    words.shift();
  }
}
