import { stripVTControlCharacters, styleText } from 'node:util';

export type TableRow = Readonly<Record<string, unknown>>;

/** What a table is drawn with: where lines meet, from the left to the right. */
type Frame = { readonly line: string; readonly left: string; readonly cross: string; readonly right: string };
const TOP: Frame = { line: '─', left: '┌', cross: '┬', right: '┐' };
const MIDDLE: Frame = { line: '─', left: '├', cross: '┼', right: '┤' };
const BOTTOM: Frame = { line: '─', left: '└', cross: '┴', right: '┘' };
const SIDES = '│';
/** On each side of what a cell says. */
const PADDING = 2;
const NARROWEST = 3 + PADDING;

/** What takes the place of two letters: signs of East Asia, and pictures. */
const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;
const SIGNS = new Intl.Segmenter();
const signsOf = (text: string) => [...SIGNS.segment(text)].map(({ segment }) => segment);
const widthOf = (text: string) => signsOf(text).reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0);

/**
 * Rows as a table of at most `width` columns, one column of it for each key; what has no room goes on in the next line.
 * It looks as the framework's do, whose library draws them as if they were pages, and takes half a second to load.
 */
export function tableLines(rows: readonly TableRow[], width: number, isPlain: boolean): string[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (keys.length === 0) return [];
  const titles = keys.map(titleOf);
  const cells = rows.map((row) => keys.map((key) => cellOf(row[key])));
  const widths = fitted(
    titles,
    titles.map((title, n) =>
      Math.max(...[title, ...cells.flatMap((row) => row[n]?.split('\n') ?? [])].map(widthOf)),
    ),
    width,
  );
  const inner = isPlain ? '' : SIDES;
  const drawn = (row: readonly string[], paint = (text: string) => text) => {
    const columns = row.map((cell, n) => wrapped(cell, (widths[n] ?? 0) - PADDING));
    return Array.from({ length: Math.max(...columns.map(({ length }) => length)) }, (_, line) =>
      [
        '',
        ...columns.map((lines, n) => {
          const text = lines[line] ?? '';
          return paint(` ${text}${' '.repeat((widths[n] ?? 0) - 1 - widthOf(text))}`);
        }),
        '',
      ].join(inner),
    );
  };
  const ruled = ({ line, left, cross, right }: Frame) =>
    `${left}${widths.map((columns) => line.repeat(columns)).join(cross)}${right}`;
  const heading = drawn(titles, (text) => styleText(['bold', 'blue'], text));
  const body = cells.flatMap((row) => drawn(row));
  if (isPlain) return [...heading, '-'.repeat(widths.reduce((sum, one) => sum + one, 0)), ...body, ''];
  return [ruled(TOP), ...heading, ruled(MIDDLE), ...body, ruled(BOTTOM), ''];
}

/** `inDesk` and `in Desk` are In Desk. */
function titleOf(key: string): string {
  const words = key.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').match(/[^\s_.-]+/g) ?? [];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join(' ');
}

/** A side's words may hold what a terminal takes for orders. */
function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return stripVTControlCharacters(String(value)).replaceAll(/[^\P{Cc}\n]/gu, ' ');
}

/** The widest columns give way first, to what their titles need, and then to less. */
function fitted(titles: readonly string[], contents: readonly number[], width: number): number[] {
  const widths = contents.map((content) => content + PADDING);
  const excess = () => widths.reduce((sum, one) => sum + one, widths.length + 1) - width;
  for (const least of [(n: number) => widthOf(titles[n] ?? '') + PADDING, () => NARROWEST]) {
    const widestFirst = [...widths.keys()].sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
    for (const n of widestFirst)
      if (excess() > 0) widths[n] = Math.max((widths[n] ?? 0) - excess(), least(n));
  }
  return widths;
}

/** Lines of whole words; one that is longer than a line is cut, and begins a line unless that made one line more. */
function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    const end = () => {
      lines.push(line.trimEnd());
      line = '';
    };
    for (const word of paragraph.trim().split(' ')) {
      if (line !== '') line += ' ';
      const [used, length] = [widthOf(line), widthOf(word)];
      const linesFrom = (start: number) => Math.ceil((start + length) / width);
      if (length > width ? linesFrom(used) > linesFrom(0) : used + length > width && length > 0) end();
      for (const sign of length > width ? signsOf(word) : [word]) {
        if (length > width && widthOf(line + sign) > width) end();
        line += sign;
      }
    }
    end();
    return lines;
  });
}
