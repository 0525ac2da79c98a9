import type { Manifest } from '../packages/manifest.ts';
import { ownFlags } from './ownFlags.ts';

/** What a script that uses a flag relies on. */
const PROMISED = new Set([
  'type',
  'char',
  'required',
  'multiple',
  'allowNo',
  'options',
  'default',
  'env',
  'dependsOn',
  'exclusive',
]);

/** The commands as scripts know them: their names, their flags, what a flag takes, and what it goes with. */
export function commandSnapshot({ commands }: Manifest): object[] {
  const sorted = Object.values(commands).sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.map((command) => ({
    command: command.id.replaceAll(':', ' '),
    aliases: command.aliases,
    args: Object.keys(command.args),
    flags: Object.fromEntries(
      ownFlags(command).map((flag) => [
        flag.name,
        Object.fromEntries(Object.entries(flag).filter(([key]) => PROMISED.has(key))),
      ]),
    ),
  }));
}
