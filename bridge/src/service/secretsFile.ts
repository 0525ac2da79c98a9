import { parseEnv } from 'node:util';
import { readSecretFile } from './secretFile.ts';

const VARIABLE = 'DESKCONNECT_SECRETS_FILE';

/**
 * What an environment says, and what the file of secrets says that it names: lines such as `NAME='value'`. The
 * environment goes first, and a variable that is set to nothing is not set.
 * @throws ConfigError where the file cannot be read, or others than its owner and readers of its group get at it
 */
export function withSecretsFile(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const given = withoutEmpty(environment);
  const path = given[VARIABLE];
  return path === undefined ? given : { ...withoutEmpty(parseEnv(readSecretFile(VARIABLE, path))), ...given };
}

function withoutEmpty(values: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
