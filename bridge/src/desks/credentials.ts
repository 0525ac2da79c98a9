import type { Credentials, DeskSite, DeskType } from './deskType.ts';

/** What an environment holds for the first way to log in that has all that it takes; null where none has. */
export function credentialsIn(environment: NodeJS.ProcessEnv, { logIns }: DeskType): Credentials | null {
  const of = (name: string) => environment[name] ?? '';
  const whole = logIns.find((variables) => variables.every(({ name }) => of(name) !== ''));
  return whole ? Object.fromEntries(whole.map(({ name }) => [name, of(name)])) : null;
}

/** The variables whose value cannot be sent as it is. */
export function unusableIn(credentials: Credentials, { logIns }: DeskType): string[] {
  return logIns
    .flat()
    .filter(({ name, isToken }) => isToken && !/^[\x21-\x7e]*$/.test(credentials[name] ?? ''))
    .map(({ name }) => name);
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
