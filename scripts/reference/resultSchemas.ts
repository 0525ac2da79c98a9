import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const COMMANDS = 'plugin/src/commands';

/**
 * A JSON schema of each command's result, by the command's id, made of the types in its source. It says all that a
 * result of this version holds.
 * @throws an Error that names a command whose result has no type of its own name
 */
export function resultSchemas(root: string): Map<string, object> {
  const generator = createGenerator({
    path: join(root, COMMANDS, '**/*.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    // `npm run check` does that, by the compiler that we build with.
    skipTypeCheck: true,
    jsDoc: 'extended',
    topRef: false,
    additionalProperties: false,
  });
  const schemas = new Map<string, object>();
  for (const path of globSync('**/*.ts', { cwd: join(root, COMMANDS) }).sort()) {
    const id = path.replace(/\.ts$/, '').replaceAll('/', ':');
    const [, type = '', list = ''] =
      /async run\(\): Promise<(\w+)(\[\])?>/.exec(readFileSync(join(root, COMMANDS, path), 'utf8')) ?? [];
    if (type === '') throw new Error(`${COMMANDS}/${path}: run() returns no promise of a type with a name`);
    schemas.set(id, list === '' ? generator.createSchema(type) : listOf(generator.createSchema(type)));
  }
  return schemas;
}

function listOf({ $schema, definitions, ...items }: ReturnType<typeof Object.assign>): object {
  return { $schema, type: 'array', items, ...(definitions === undefined ? {} : { definitions }) };
}
