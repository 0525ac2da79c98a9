import { ZENDESK_VOCABULARY } from '../core/vocabulary/zendesk.ts';
import { createZendesk } from '../zendesk/createZendesk.ts';
import { authorization, type ZendeskAuth } from '../zendesk/auth.ts';
import { zendeskHook } from '../zendesk/hook.ts';
import { ZendeskHttp } from '../zendesk/http.ts';
import { lookAt } from '../zendesk/lookAt.ts';
import { whoami } from '../zendesk/whoami.ts';
import { zendeskWidget } from '../zendesk/widget.ts';
import type { Credentials, DeskSite, DeskType } from './deskType.ts';

const EMAIL = 'DESKCONNECT_ZENDESK_EMAIL';
const TOKEN = 'DESKCONNECT_ZENDESK_TOKEN';
const ACCESS_TOKEN = 'DESKCONNECT_ZENDESK_ACCESS_TOKEN';

/** Zendesk Support. */
export const ZENDESK: DeskType = {
  vocabulary: ZENDESK_VOCABULARY,
  logIns: [
    [
      { name: EMAIL, secret: false },
      { name: TOKEN, secret: true },
    ],
    [{ name: ACCESS_TOKEN, secret: true, isToken: true }],
  ],
  silencesRules: false,
  hook: zendeskHook,
  widget: zendeskWidget,
  open: ({ url, credentials }, { signal, log }) =>
    createZendesk({ url, auth: authOf(credentials), signal, ...(log ? { log } : {}) }),
  whoami: (site) => whoami(http(site)),
  look: (site) => lookAt(http(site)),
};

const http = ({ url, credentials }: DeskSite) => new ZendeskHttp({ url, auth: authOf(credentials) });

/** The header by which the site's API lets the bridge in, for what no other desk has. */
export const zendeskAuthorization = ({ credentials }: DeskSite) => authorization(authOf(credentials));

function authOf(credentials: Credentials): ZendeskAuth {
  const of = (name: string) => credentials[name] ?? '';
  if (ACCESS_TOKEN in credentials) return { kind: 'oauth', accessToken: of(ACCESS_TOKEN) };
  return { kind: 'token', email: of(EMAIL), token: of(TOKEN) };
}
