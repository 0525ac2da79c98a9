// Runs the benchmarks, each in a process of its own, and writes what they report into docs/performance.md; the
// sections of those that do not run stay as they are. A missed goal is told and fails nothing; a benchmark that fails
// leaves its section as it was and fails the run. Usage: bench.ts [--only NAME[,NAME]]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, type Report } from '../test/performance/figures.ts';
import { pageFrom, sectionOf, textOf, withSections } from '../test/performance/page.ts';

const PAGE = 'docs/performance.md';
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const all = Object.keys(scripts).filter((script) => script.startsWith('bench:'));
const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.split(',').map((name) => `bench:${name}`) ?? all;
for (const script of wanted)
  if (!all.includes(script)) throw new Error(`There is no ${script}. There are: ${all.join(', ')}.`);

const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date());
const measuredOn = `${date}, ${machine()}`;
const folder = mkdtempSync(join(tmpdir(), 'deskconnect-bench-'));
const failed: string[] = [];
for (const script of wanted) {
  console.log(`\n── ${script}`);
  const file = join(folder, script.replace(':', '-'));
  const { status } = spawnSync('npm', ['run', '-s', script], {
    stdio: 'inherit',
    env: { ...process.env, DESKCONNECT_FIGURES: file },
  });
  if (status !== 0 || !existsSync(file)) {
    failed.push(script);
    continue;
  }
  const reports = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Report);
  const page = pageFrom(readFileSync(PAGE, 'utf8'));
  const fresh = reports.map((report) => sectionOf(report, measuredOn));
  writeFileSync(PAGE, textOf(withSections(page, fresh, all)));
}
rmSync(folder, { recursive: true });
spawnSync('prettier', ['--write', '--log-level', 'warn', PAGE], { stdio: 'inherit' });
for (const script of failed) console.log(`✖ ${script} failed`);
process.exit(failed.length === 0 ? 0 : 1);
