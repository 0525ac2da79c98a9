import { RequestFailed } from '../core/failure.ts';
import type { DeskHttp } from './http.ts';

/** One call to Desk. @throws RequestFailed where it does not let us in */
export async function whoami(http: DeskHttp): Promise<{ name: string; lacks: null }> {
  const { status, body } = await http.get('users/me');
  const { email, name } = (body ?? {}) as { email?: unknown; name?: unknown };
  if (status !== 200)
    throw new RequestFailed({
      class: 'auth',
      code: `HTTP ${status}`,
      message: `Desk does not say who the bridge is: it answers with ${status}.`,
    });
  const known = [email, name].find((one) => typeof one === 'string');
  return { name: typeof known === 'string' ? known : 'unknown', lacks: null };
}
