import * as z from 'zod';
import type { ZendeskHttp } from './http.ts';
import { read } from './schemas.ts';

const Me = z.object({
  user: z.object({ id: z.number().nullable(), role: z.string().nullish(), email: z.string().nullish() }),
});

export type ZendeskUser = {
  readonly id: string;
  readonly name: string;
  readonly lacks: { readonly why: string; readonly remedy: string } | null;
};

/** Whom Zendesk takes the bridge for. @throws RequestFailed where it does not let it in */
export async function whoami(http: ZendeskHttp): Promise<ZendeskUser> {
  const { user } = read(Me, (await http.get('users/me')).body);
  const { role, email } = user;
  // Where token access is off, a token counts for nothing, and Zendesk answers whoever asks.
  if (!user.id || !email)
    return {
      id: '0',
      name: 'somebody unknown',
      lacks: {
        why: 'API token access is off in this account, so that no token counts',
        remedy: 'Turn it on in Admin Center, Apps and integrations, APIs, or let the bridge log in by OAuth.',
      },
    };
  return { id: String(user.id), name: email, lacks: role === 'admin' ? null : NO_ADMIN };
}

const NO_ADMIN = {
  why: 'this user is no administrator, and only administrators may export changes and write organizations',
  remedy: 'Make the user an administrator in Admin Center, People, Team members.',
};
