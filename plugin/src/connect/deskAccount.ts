import type { DeskAuth } from '@desk-connect/bridge/desk/auth.js';
import { DeskHttp } from '@desk-connect/bridge/desk/http.js';
import { failure } from '../errors.ts';

const VARIABLES = {
  email: 'DESKCONNECT_DESK_EMAIL',
  password: 'DESKCONNECT_DESK_PASSWORD',
  consumerKey: 'DESKCONNECT_DESK_CONSUMER_KEY',
  consumerSecret: 'DESKCONNECT_DESK_CONSUMER_SECRET',
  token: 'DESKCONNECT_DESK_TOKEN',
  tokenSecret: 'DESKCONNECT_DESK_TOKEN_SECRET',
} as const;

/** Desk's credentials from the environment, never from flags: those show in the list of processes. @throws CredentialsMissing */
export function deskAuth(environment: NodeJS.ProcessEnv): DeskAuth {
  const of = (name: keyof typeof VARIABLES) => environment[VARIABLES[name]] ?? '';
  if (of('email') !== '' && of('password') !== '')
    return { kind: 'basic', email: of('email'), password: of('password') };
  const keys = {
    consumerKey: of('consumerKey'),
    consumerSecret: of('consumerSecret'),
    token: of('token'),
    tokenSecret: of('tokenSecret'),
  };
  if (Object.values(keys).includes('')) throw failure('CredentialsMissing');
  return { kind: 'oauth', ...keys };
}

/** The same as lines of an environment file. */
export function deskSecrets(auth: DeskAuth): Record<string, string> {
  const { kind: _kind, ...values } = auth;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [VARIABLES[name as keyof typeof VARIABLES], value]),
  );
}

/** One call to Desk with these credentials. Returns whom Desk takes us for. @throws DeskRefused */
export async function tryDesk(url: string, auth: DeskAuth): Promise<string> {
  try {
    const { status, body } = await new DeskHttp({ url, auth }).get('users/me');
    if (status !== 200) throw new Error(`Desk answers with ${status}`);
    const { email, name } = body as { email?: string; name?: string };
    return email ?? name ?? 'unknown';
  } catch (error) {
    throw failure('DeskRefused', [url, error instanceof Error ? error.message : String(error)]);
  }
}
