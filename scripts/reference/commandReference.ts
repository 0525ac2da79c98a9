import type { Manifest } from '../packages/manifest.ts';
import { exampleOf } from './exampleOf.ts';
import { ownFlags } from './ownFlags.ts';

type Command = Manifest['commands'][string];
type CommandFlag = ReturnType<typeof ownFlags>[number];

const HEAD = `# Commands

This page is made of the commands themselves (\`npm run reference\`). Each command also tells this with \`--help\`, and takes \`--json\`: then standard output is one JSON document, \`{ "status", "result", "warnings" }\`, whose \`result\` is what the schema of the command says, and of a failure \`{ "status", "name", "message", "actions" }\`. A later version may add to a result; it takes nothing out without a word in the changelog.

Exit codes: 0 when it is done or in order; 1 when something failed, or when what was checked is not in order; 2 for a flag that is wrong, and with \`setup --detailed-exit-code\` for changes. What each error means is told in [troubleshooting](troubleshooting.md).
`;

/** The page that tells all commands: what each does, its flags, and its examples. */
export function commandReference({ commands }: Manifest): string {
  const all = Object.values(commands).sort((a, b) => (a.id < b.id ? -1 : 1));
  return [HEAD, overview(all), ...all.map(section)].join('\n');
}

const words = ({ id }: Command) => `sf ${id.replaceAll(':', ' ')}`;
const anchor = (command: Command) => words(command).replaceAll(' ', '-');
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

function overview(commands: readonly Command[]): string {
  return table(
    ['command', 'does'],
    commands.map((command) => [`[\`${words(command)}\`](#${anchor(command)})`, command.summary ?? '']),
  );
}

function section(command: Command): string {
  const flags = ownFlags(command);
  const schema = `../plugin/schemas/${command.id.replaceAll(':', '-')}.json`;
  return [
    `## ${words(command)}\n`,
    `${command.summary ?? ''}\n`,
    `${command.description ?? ''}\n`,
    flags.length === 0 ? '' : table(['flag', 'takes', 'what it says'], flags.map(flagRow)),
    ...(command.examples ?? []).map((example) => exampleText(command, example)),
    `Result with \`--json\`: [schema](${schema}).\n`,
  ].join('\n');
}

function flagRow(flag: CommandFlag): string[] {
  const name = `--${flag.type === 'boolean' && flag.allowNo ? '[no-]' : ''}${flag.name}`;
  return [
    `\`${name}\`${flag.char ? `, \`-${flag.char}\`` : ''}`,
    flag.type === 'boolean' ? '' : takes(flag),
    [flag.summary ?? flag.description ?? '', ...conditions(flag)].join(' '),
  ];
}

function takes(flag: CommandFlag & { type: 'option' }): string {
  const what = flag.options?.map((one) => `\`${one}\``).join(', ') ?? 'a value';
  const { default: given } = flag;
  const isSaid = typeof given === 'string' || typeof given === 'number';
  const fallback = isSaid ? `; by default \`${given}\`` : '';
  return `${what}${flag.multiple === true ? ', any number of times' : ''}${fallback}`;
}

function conditions(flag: CommandFlag): string[] {
  const named = (names: readonly string[] = []) => names.map((name) => `\`--${name}\``).join(', ');
  return [
    // Another default than the CLI's own configuration would be known here.
    flag.required === true && flag.noCacheDefault !== true ? '**Required.**' : '',
    flag.dependsOn ? `Only with ${named(flag.dependsOn)}.` : '',
    flag.exclusive ? `Not with ${named(flag.exclusive)}.` : '',
    flag.type === 'option' && flag.env !== undefined ? `Or \`${flag.env}\` in the environment.` : '',
  ].filter(Boolean);
}

function exampleText(command: Command, example: NonNullable<Command['examples']>[number]): string {
  const { text, lines } = exampleOf(command.id, example);
  return `${text}\n\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`;
}
