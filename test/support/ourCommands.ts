import { fileURLToPath } from 'node:url';
import { Config, Plugin, type Command } from '@oclif/core';
import { exampleOf } from '../../scripts/reference/exampleOf.ts';

const PLUGIN = fileURLToPath(new URL('../../plugin', import.meta.url));

/** An example of a command's help. */
export type ShownExample = { readonly id: string; readonly text: string; readonly lines: readonly string[] };

/** The compiled commands of the plugin, by their ids. */
export async function ourCommands(): Promise<Command.Loadable[]> {
  const plugin = new Plugin({ root: PLUGIN, type: 'core', ignoreManifest: true });
  await plugin.load();
  return plugin.commands;
}

export async function shownExamples(): Promise<ShownExample[]> {
  return (await ourCommands()).flatMap(({ id, examples = [] }) =>
    examples.map((example) => ({ id, ...exampleOf(id, example) })),
  );
}

/** oclif as the CLI sets it up, with our plugin alone. */
export const oclifConfig = () => Config.load({ root: PLUGIN });
