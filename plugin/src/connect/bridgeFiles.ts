import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRETS, SETTINGS } from '../bridge/bridgeFiles.ts';

export type BridgeFiles = {
  readonly settings: string;
  readonly secrets: string;
  readonly key: string | null;
};

/**
 * Writes what the bridge reads at its start: settings, secrets and the private key, in a folder and files that only
 * the owner can read. Returns their paths.
 */
export function writeBridgeFiles(
  folder: string,
  content: {
    settings: Readonly<Record<string, string>>;
    secrets: Readonly<Record<string, string>>;
    privateKey: string | null;
  },
): BridgeFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    // A file that was there keeps its mode otherwise.
    chmodSync(path, 0o600);
    return path;
  };
  return {
    key: content.privateKey === null ? null : write('salesforce.key', content.privateKey),
    settings: write(SETTINGS, lines(content.settings)),
    secrets: write(SECRETS, lines(content.secrets)),
  };
}

/** Sets these settings of the bridge, and leaves the others as they stand. */
export function setSettings(folder: string, values: Readonly<Record<string, string>>): void {
  const path = join(folder, SETTINGS);
  const known = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const names = Object.keys(values);
  const others = known.filter((line) => line !== '' && !names.some((name) => line.startsWith(`${name}=`)));
  writeFileSync(path, `${others.map((line) => `${line}\n`).join('')}${lines(values)}`, { mode: 0o600 });
}

/** Lines of an environment file; single quotes keep every character as it is. */
function lines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${/^[\w.:/@+-]*$/.test(value) ? value : quoted(value)}\n`)
    .join('');
}

/** The format knows no escapes: a value takes the kind of quote that it does not hold. */
function quoted(value: string): string {
  const quote = ["'", '"', '`'].find((one) => !value.includes(one)) ?? "'";
  return `${quote}${value}${quote}`;
}
