import { globSync } from 'node:fs';
import { Parser, type Command, type Interfaces } from '@oclif/core';
import { ROOT } from './shellBlocks.ts';

const FOLDER = 'plugin/src/commands';

/** The ids of all commands of the plugin, as `deskconnect mapping set`. */
export const commandIds = (): string[] =>
  globSync('**/*.ts', { cwd: `${ROOT}/${FOLDER}` })
    .map((path) => path.replace(/\.ts$/, '').replaceAll('/', ' '))
    .sort();

/** The command that the words behind `sf` name, with the words that are left for it; undefined where there is none. */
export function commandNamed(words: readonly string[]): { id: string; rest: string[] } | undefined {
  const id = commandIds()
    .filter((one) => `${words.join(' ')} `.startsWith(`${one} `))
    .sort((a, b) => b.length - a.length)[0];
  return id === undefined ? undefined : { id, rest: words.slice(id.split(' ').length) };
}

type Flag = Interfaces.FlagInput[string] & { exists?: boolean };

/** The flags of a command, with those that every command has. */
export async function flagsOf(id: string): Promise<Record<string, Flag>> {
  const { default: command } = (await import(`${ROOT}/${FOLDER}/${id.replaceAll(' ', '/')}.ts`)) as {
    default: typeof Command;
  };
  return { ...command.baseFlags, ...command.flags, ...(command.enableJsonFlag ? { json: JSON_FLAG } : {}) };
}
const JSON_FLAG = { name: 'json', type: 'boolean' } as unknown as Flag;

/**
 * Parses as the CLI does, but looks neither for an org nor for a file.
 * @throws what the CLI would say
 */
export async function parseArguments(id: string, argv: readonly string[]): Promise<void> {
  const flags = Object.fromEntries(
    Object.entries(await flagsOf(id)).map(([name, flag]) => [
      name,
      name === 'target-org' || flag.exists === true
        ? {
            ...flag,
            parse: (input: unknown) => Promise.resolve(input),
            default: undefined,
            defaultHelp: undefined,
          }
        : flag,
    ]),
  );
  await Parser.parse([...argv], { flags: flags as Interfaces.FlagInput, args: {}, strict: true });
}
