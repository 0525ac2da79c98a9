// Writes docs/images/setup.svg: what a terminal shows of `sf deskconnect setup`, run for real against a local org.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startOrg } from '../org/startOrg.ts';
import { createSf, SF } from '../support/sf.ts';
import { rowsOf, Screen, terminalSvg, type Frame } from './terminalSvg.ts';

const TARGET = fileURLToPath(new URL('../../docs/images/setup.svg', import.meta.url));
const COMMAND = 'sf deskconnect setup --target-org prod';
const COLUMNS = 84;
const ROWS = 24;
const ESCAPE = '\u001B[';
/** Synchronized output begins, or a row is erased. */
const REDRAWS = [`${ESCAPE}?2026h`, `${ESCAPE}2K`];
/** A frame: what changes faster nobody reads, and nobody waits longer. */
const SHORTEST_MS = 160;
const LONGEST_MS = 1_500;
const LINE_MS = 80;
const END_MS = 6_000;

type Piece = { readonly at: number; readonly text: string };
type Step = { readonly text: string; readonly milliseconds: number };

/** Runs the command on a terminal of its own (util-linux's `script` gives it one), and agrees when it asks. */
async function runOnTerminal(home: string, env: NodeJS.ProcessEnv): Promise<Piece[]> {
  const { CI: _quiet, ...lively } = env;
  const line = `stty cols ${COLUMNS} rows ${ROWS}; exec ${process.execPath} ${SF} ${COMMAND.slice('sf '.length)}`;
  const child = spawn(
    'script',
    ['--quiet', '--return', '--flush', '--echo', 'never', '-c', line, '/dev/null'],
    {
      cwd: home,
      env: { ...lively, TERM: 'xterm-256color' },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const began = Date.now();
  const pieces: Piece[] = [];
  let hasAgreed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    pieces.push({ at: Date.now() - began, text });
    if (hasAgreed || !text.includes('changes?')) return;
    hasAgreed = true;
    child.stdin.write('y\r');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(`${COMMAND} ended with ${code}:\n${pieces.map(({ text }) => text).join('')}`);
  return pieces;
}

/** What is printed line by line, such as the plan, comes at once; here it comes a few lines at a time. */
function readably(pieces: readonly Piece[]): Step[] {
  return pieces.flatMap(({ at, text }, index) => {
    const next = pieces[index + 1];
    const lasts = next ? Math.min(LONGEST_MS, next.at - at) : END_MS;
    // A redraw takes rows off the screen before it puts them there again, so it is no line by line.
    const redraw = Math.min(
      text.length,
      ...REDRAWS.map((one) => text.indexOf(one)).filter((place) => place >= 0),
    );
    const lines = text
      .slice(0, redraw)
      .split(/(?<=\n)/)
      .filter(Boolean);
    const steps = lines.map((line) => ({ text: line, milliseconds: LINE_MS }));
    return [...steps, { text: text.slice(redraw), milliseconds: lasts }];
  });
}

async function framesOf(steps: readonly Step[]): Promise<Frame[]> {
  const screen = new Screen({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  const frames: Frame[] = [];
  let unseen = 0;
  for (const { text, milliseconds } of steps) {
    await new Promise<void>((resolve) => screen.write(text, resolve));
    unseen += milliseconds;
    if (unseen < SHORTEST_MS) continue;
    frames.push({ rows: rowsOf(screen), milliseconds: unseen });
    unseen = 0;
  }
  return frames;
}

const org = await startOrg();
const sf = createSf();
try {
  await sf.login(org, 'prod');
  await sf.linkPlugin();
  const pieces = await runOnTerminal(sf.home, sf.env);
  const typed = { text: `${ESCAPE}32m$${ESCAPE}39m ${COMMAND}\r\n`, milliseconds: LONGEST_MS };
  const frames = await framesOf([typed, ...readably(pieces)]);
  writeFileSync(TARGET, terminalSvg(frames, COLUMNS, `A terminal that runs ${COMMAND}`));
  console.log(`${TARGET}: ${frames.length} frames`);
} finally {
  sf.close();
  await org.close();
}
