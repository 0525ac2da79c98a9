import type { Case } from './state.ts';

/** What an administrator sets up: a rule on cases that posts a text to an address, with a name and a password. */
export type CustomAction = {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** Liquid, of which `{{case.id}}`, `{{case.subject}}` and `{{case.status}}` are known here. */
  readonly template: string;
};

const TIMEOUT_MS = 10_000;

/** Posts what the rules say of a case, after the write that fired them; nobody tries again what is not answered. */
export function fireRules(actions: readonly CustomAction[], deskCase: Case): void {
  const { id, subject, status } = deskCase;
  const values: Readonly<Record<string, string>> = { id: String(id), subject, status };
  for (const { url, user = '', password, template } of actions) {
    const body = template.replaceAll(/\{\{\s*case\.(\w+)\s*\}\}/g, (_, name: string) => values[name] ?? '');
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
