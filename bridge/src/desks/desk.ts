import { DESK_VOCABULARY } from '../core/vocabulary/desk.ts';
import type { DeskAuth } from '../desk/auth.ts';
import { createDesk } from '../desk/createDesk.ts';
import { deskHook } from '../desk/hook.ts';
import { DeskHttp } from '../desk/http.ts';
import { whoami } from '../desk/whoami.ts';
import { deskWidget } from '../desk/widget.ts';
import type { Credentials, DeskSite, DeskType } from './deskType.ts';

const EMAIL = 'DESKCONNECT_DESK_EMAIL';
const PASSWORD = 'DESKCONNECT_DESK_PASSWORD';
const CONSUMER_KEY = 'DESKCONNECT_DESK_CONSUMER_KEY';
const CONSUMER_SECRET = 'DESKCONNECT_DESK_CONSUMER_SECRET';
const TOKEN = 'DESKCONNECT_DESK_TOKEN';
const TOKEN_SECRET = 'DESKCONNECT_DESK_TOKEN_SECRET';

/** Desk, by its API v2. */
export const DESK: DeskType = {
  vocabulary: DESK_VOCABULARY,
  logIns: [
    [
      { name: EMAIL, secret: false },
      { name: PASSWORD, secret: true },
    ],
    [
      { name: CONSUMER_KEY, secret: false },
      { name: CONSUMER_SECRET, secret: true },
      { name: TOKEN, secret: true },
      { name: TOKEN_SECRET, secret: true },
    ],
  ],
  silencesRules: true,
  hook: deskHook,
  widget: deskWidget,
  open: ({ url, credentials }, options) => createDesk({ url, auth: authOf(credentials), ...options }),
  whoami: (site) => whoami(deskHttp(site)),
  look: async (site) => {
    const { name } = await whoami(deskHttp(site));
    return [{ id: 'desk-access', title: 'Desk lets the bridge in', state: 'ok', evidence: `as ${name}` }];
  },
};

/** Desk as it is, for what no other desk has. */
export const deskHttp = ({ url, credentials }: DeskSite) => new DeskHttp({ url, auth: authOf(credentials) });

function authOf(credentials: Credentials): DeskAuth {
  const of = (name: string) => credentials[name] ?? '';
  if (PASSWORD in credentials) return { kind: 'basic', email: of(EMAIL), password: of(PASSWORD) };
  return {
    kind: 'oauth',
    consumerKey: of(CONSUMER_KEY),
    consumerSecret: of(CONSUMER_SECRET),
    token: of(TOKEN),
    tokenSecret: of(TOKEN_SECRET),
  };
}
