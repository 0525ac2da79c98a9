// Bundles each command that needs no org with all that it loads at once: an installed plugin has its modules beside it,
// shares none with the CLI, and to find and to read four hundred files takes as long as the CLI itself.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { bundle } from './packages/bundle.ts';

const COMMANDS = 'plugin/lib/commands';
/** What the bridge decides by, and what reads files and arguments; all else stays in packages of its own. */
const INSIDE = /^(?:zod|yaml|@oclif\/core\/.*|@salesforce\/core\/messages|@desk-connect\/bridge\/core\/.*)$/;

const outside: Plugin = {
  name: 'outside',
  setup(building) {
    building.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) =>
      kind === 'entry-point' || INSIDE.test(path) || importer.includes('/node_modules/')
        ? undefined
        : { path, external: true },
    );
    // What writes the CLI's log runs in a thread, by a file beside its own; a message that wants to log is wrong.
    building.onLoad({ filter: /@salesforce\/core\/lib\/logger\/logger\.js$/ }, () => ({
      contents: `exports.Logger = {
        childFromRoot: (name) => requireFrom(__filename)('@salesforce/core').Logger.childFromRoot(name),
      };`,
    }));
  },
};

/** Sources of the commands that are light, by what they are once compiled. */
async function lightCommands(): Promise<[string, string][]> {
  const { LightCommand } = (await import(at('plugin/lib/ux/lightCommand.js'))) as { LightCommand: Class };
  const found = globSync('**/*.js', { cwd: COMMANDS }).map(async (file) => {
    const { default: command } = (await import(at(join(COMMANDS, file)))) as { default: Class };
    return command.prototype instanceof LightCommand ? [file.replace(/\.js$/, '')] : [];
  });
  return (await Promise.all(found))
    .flat()
    .map((name) => [`commands/${name}`, `plugin/src/commands/${name}.ts`]);
}

type Class = abstract new () => object;

/** Beside the scripts' own folder. */
function at(path: string): string {
  return new URL(`../${path}`, import.meta.url).href;
}

await bundle('plugin/lib', {
  entryPoints: Object.fromEntries(await lightCommands()),
  conditions: ['source'],
  // An error says which command it comes from by the name of its class.
  keepNames: true,
  preamble: '\nconst { filename: __filename, dirname: __dirname } = import.meta;',
  plugins: [outside],
});
