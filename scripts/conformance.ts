// Holds the adapters of help desks to what the port promises: all of them, or the one of `--adapter NAME`.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

const fileOf = (adapter: string) => `test/conformance/${adapter}.test.ts`;
const adapters = globSync('test/conformance/subjects/*.ts').map((file) => basename(file, '.ts'));
const known = adapters.filter((adapter) => existsSync(fileOf(adapter))).sort();

const { values } = parseArgs({ options: { adapter: { type: 'string' } } });
const wanted = values.adapter === undefined ? known : known.filter((adapter) => adapter === values.adapter);
if (wanted.length === 0) {
  console.error(`There is no adapter ${values.adapter}: there are ${known.join(' and ')}.`);
  process.exit(2);
}
const files = wanted.map(fileOf);
const { status } = spawnSync(process.execPath, ['--conditions=source', '--test', ...files], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
