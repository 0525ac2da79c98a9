import { createRequire } from 'node:module';
import type { IBufferCell, Terminal } from '@xterm/headless';

// Its types are those of a module, and it is none.
export const { Terminal: Screen } = createRequire(import.meta.url)('@xterm/headless') as {
  Terminal: typeof Terminal;
};

/** What a terminal shows, and for how long. */
export type Frame = { readonly rows: readonly string[]; readonly milliseconds: number };

const CELL = { width: 8.4, height: 18 };
const MARGIN = 14;
/** A background and the sixteen colours of a terminal that are easy to read on it. */
const BACKGROUND = '#16181d';
const PLAIN = '#d5d9e0';
const COLOURS = [
  '#5c6370 #e06c75 #98c379 #e5c07b #61afef #c678dd #56b6c2 #d5d9e0',
  '#7f848e #ff8a93 #b5e08f #ffd890 #82c4ff #de9bf0 #78d5e0 #ffffff',
].flatMap((row) => row.split(' '));

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function styleOf(cell: IBufferCell): string {
  const colour = cell.isFgPalette() ? (COLOURS[cell.getFgColor()] ?? PLAIN) : PLAIN;
  return [
    colour === PLAIN ? '' : ` fill="${colour}"`,
    cell.isBold() ? ' font-weight="bold"' : '',
    cell.isDim() ? ' opacity="0.6"' : '',
  ].join('');
}

/** The rows that a terminal shows now, each as the content of a `<text>`; an empty one is ''. */
export function rowsOf(terminal: Terminal): string[] {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.viewportY + row);
    const length = line?.translateToString(true).length ?? 0;
    const runs: { style: string; text: string }[] = [];
    for (let column = 0; column < length; column += 1) {
      const cell = line?.getCell(column);
      if (!cell) continue;
      const style = styleOf(cell);
      const last = runs.at(-1);
      if (last?.style === style) last.text += cell.getChars() || ' ';
      else runs.push({ style, text: cell.getChars() || ' ' });
    }
    return runs
      .map(({ style, text }) => (style === '' ? escaped(text) : `<tspan${style}>${escaped(text)}</tspan>`))
      .join('');
  });
}

/**
 * Frames side by side on a strip that moves behind a window, without a script, so that a page may show it as a
 * picture. A row that several frames have is in it once. Whoever wants no motion sees the last frame.
 */
export function terminalSvg(frames: readonly Frame[], columns: number, title: string): string {
  const width = Math.ceil(columns * CELL.width) + 2 * MARGIN;
  const height = (frames[0]?.rows.length ?? 0) * CELL.height + 2 * MARGIN;
  const ids = new Map<string, string>();
  for (const row of frames.flatMap(({ rows }) => rows))
    if (row !== '' && !ids.has(row)) ids.set(row, `r${ids.size}`);
  const total = frames.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  let passed = 0;
  const moves = frames.map(({ milliseconds }, index) => {
    const at = ((passed / total) * 100).toFixed(2);
    passed += milliseconds;
    return `${at}%{transform:translateX(${-index * width}px)}`;
  });
  const last = -(frames.length - 1) * width;
  const shown = frames.map(({ rows }, index) => {
    const uses = rows.map((row, line) =>
      row === ''
        ? ''
        : `<use href="#${ids.get(row) ?? ''}" y="${MARGIN + line * CELL.height + CELL.height * 0.75}"/>`,
    );
    return `<g transform="translate(${index * width + MARGIN})">${uses.join('')}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${PLAIN};white-space:pre}
@keyframes play{${moves.join('')}100%{transform:translateX(${last}px)}}
.strip{animation:play ${total}ms step-end infinite}
@media (prefers-reduced-motion:reduce){.strip{animation:none;transform:translateX(${last}px)}}</style>
<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>
<defs>
${[...ids].map(([row, id]) => `<text id="${id}">${row}</text>`).join('\n')}
</defs>
<g class="strip">
${shown.join('\n')}
</g>
</svg>
`;
}
