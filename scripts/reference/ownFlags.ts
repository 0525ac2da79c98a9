import type { Manifest } from '../packages/manifest.ts';

type Command = Manifest['commands'][string];
type CommandFlag = Command['flags'][string];

/** The flags of a command by name, without those that every command of the CLI has. */
export function ownFlags({ flags }: Command): CommandFlag[] {
  return Object.values(flags)
    .filter(({ helpGroup }) => helpGroup !== 'GLOBAL')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
