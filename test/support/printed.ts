import { appendFileSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** Where a run of the whole suite gathers what was printed; a test file that runs alone gathers nothing. */
const FOLDER = 'DESKCONNECT_TEST_PRINTED';
/** A shorter one would be found in other words. */
const SHORTEST = 8;
/** What is a secret whatever its value: a session of an org and a private key. */
const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['a session', /\b00D\w{12,15}!AQ4[\w.]+/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

type Line = { readonly kind: 'printed' | 'secret'; readonly what: string; readonly text: string };

function keep(line: Line): void {
  const folder = process.env[FOLDER];
  if (folder) appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(line)}\n`);
}

/** Gathers what the product printed, showed or wrote; `what` says where. */
export function printed(what: string, text: string): void {
  keep({ kind: 'printed', what, text });
}

/** Names a secret that must not appear in anything that is gathered. */
export function secret(what: string, text: string): void {
  if (text.length >= SHORTEST) keep({ kind: 'secret', what, text });
}

/** Names the secrets that an environment gives to a process. */
export function secretsOf(environment: NodeJS.ProcessEnv): void {
  for (const [name, value = ''] of Object.entries(environment)) {
    if (/(?:TOKEN|SECRET|PASSWORD)(?:_PREVIOUS)?$/.test(name)) secret(name, value);
    if (name === 'DESKCONNECT_SECRETS_FILE') secretsOf(parseEnv(readFileSync(value, 'utf8')));
    if (name === 'DESKCONNECT_STORE' && URL.canParse(value)) secret(name, new URL(value).password);
    // A line of the key is as good as the whole of it.
    if (name.endsWith('KEY_FILE') && value !== '')
      secret(name, readFileSync(value, 'utf8').split('\n')[1] ?? '');
  }
}

/** Says which secrets appear in what was gathered in a folder, and where; never the secrets themselves. */
export function secretsShown(folder: string): string[] {
  const lines = globSync('*.jsonl', { cwd: folder }).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line),
  );
  const secrets = new Map<string, string>();
  for (const { kind, what, text } of lines) {
    if (kind !== 'secret') continue;
    const forms = [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)];
    for (const form of [...forms, Buffer.from(text).toString('base64')]) secrets.set(form, what);
  }
  const found = new Set<string>();
  for (const { kind, what, text } of lines) {
    if (kind !== 'printed') continue;
    for (const [form, name] of secrets) if (text.includes(form)) found.add(`${name} in ${what}`);
    for (const [name, pattern] of PATTERNS) if (pattern.test(text)) found.add(`${name} in ${what}`);
  }
  return [...found].sort();
}
