import type { Credentials, DeskSite, DeskType } from './deskType.ts';

/** What goes into a header as it is; an error of the request would quote one that cannot. */
export const TOKEN = { shape: /^[\x21-\x7e]+$/, wrong: 'must be one line without spaces' };

/** What an environment holds for the first way to log in that has all that it takes; null where none has. */
export function credentialsIn(environment: NodeJS.ProcessEnv, { logIns }: DeskType): Credentials | null {
  const of = (name: string) => environment[name] ?? '';
  const whole = logIns.find((variables) => variables.every(({ name }) => of(name) !== ''));
  return whole ? Object.fromEntries(whole.map(({ name }) => [name, of(name)])) : null;
}

/** What is wrong with each variable whose value cannot be sent. */
export function unusable(credentials: Credentials, { logIns }: DeskType): string[] {
  return logIns
    .flat()
    .filter(({ name, isToken }) => isToken && !TOKEN.shape.test(credentials[name] ?? 'none'))
    .map(({ name }) => `${name}: ${TOKEN.wrong}`);
}

/** The ways to log in, for whoever has to set the variables. */
export function logInsInWords({ logIns }: DeskType): string {
  return logIns
    .map((variables) => {
      const names = variables.map(({ name }) => name);
      const last = names.pop() ?? '';
      return names.length > 0 ? `${names.join(', ')} and ${last}` : last;
    })
    .join(', or ');
}

/** Those of a site's credentials that nothing may print. */
export function secretsOfSite({ credentials }: DeskSite, { logIns }: DeskType): string[] {
  return logIns.flat().flatMap(({ name, secret }) => (secret ? (credentials[name] ?? []) : []));
}
