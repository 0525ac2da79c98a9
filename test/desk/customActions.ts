import { rendered } from './liquid.ts';
import type { Case } from './state.ts';

/** What an administrator sets up: a rule on cases that posts a text to an address, with a name and a password. */
export type CustomAction = {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** Liquid. */
  readonly template: string;
};

const TIMEOUT_MS = 10_000;

/** Posts what the rules say of a case, after the write that fired them; nobody tries again what is not answered. */
export function fireRules(actions: readonly CustomAction[], deskCase: Case): void {
  for (const { url, user = '', password, template } of actions) {
    const body = rendered(template, deskCase);
    const credentials = Buffer.from(`${user}:${password ?? ''}`).toString('base64');
    void fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        ...(password === undefined ? {} : { authorization: `Basic ${credentials}` }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined);
  }
}
