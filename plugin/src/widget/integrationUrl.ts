import { isSafeAddress } from '@desk-connect/bridge/core/address.js';
import type { DeskHttp } from '@desk-connect/bridge/desk/http.js';
import { readAll } from '@desk-connect/bridge/desk/readAll.js';
import { idOf } from '@desk-connect/bridge/desk/schemas.js';
import { openingKey, type WidgetKey } from '@desk-connect/bridge/desk/widgetSignature.js';
import { deskHttp } from '@desk-connect/bridge/desks/desk.js';
import { failure } from '../errors.ts';
import type { Put, WidgetPlace } from './widgetPlace.ts';

const NAME = 'Salesforce';
const DESCRIPTION = 'What Salesforce knows of the customer of the case';
/** By this it is found again, whatever it is called by then; another of our name is not ours. */
const OPENS = '/open?case={{case.id}}&key=';

/** In Desk: an integration URL, whose address carries a key. */
export const integrationUrl: WidgetPlace = {
  name: NAME,
  prepare: async ({ served, widgetUrl }) => {
    if (served === null || served.secret === null) throw failure('WidgetNotServed');
    const { secret, site } = served;
    return { markup: openingAddress({ secret, site }, widgetUrl), file: null };
  },
  put: ({ site }, { markup }) => putIntegrationUrl(deskHttp(site), markup),
};

/** What Desk is to open beside a case: the address of the widget, in Liquid. */
export function openingAddress(key: WidgetKey, widgetUrl: URL): string {
  return `${widgetUrl.origin}${widgetUrl.pathname.replace(/\/$/, '')}${OPENS}${openingKey(key)}`;
}

/** A page that anybody on the way can read or change is no place for customers' data. @throws WidgetUrlUnsafe */
export function checkWidgetUrl(widgetUrl: URL): void {
  if (!isSafeAddress(widgetUrl.href)) throw failure('WidgetUrlUnsafe', [widgetUrl.href]);
}

/** Makes the integration URL in Desk, or changes the one that an earlier run has made. @throws DeskRefused */
export async function putIntegrationUrl(desk: DeskHttp, markup: string): Promise<Put> {
  const known = (await list(desk)).find((one) => one.markup.includes(OPENS));
  if (known?.markup === markup && known.enabled) return { id: known.id, outcome: 'unchanged' };
  const wanted = { markup, enabled: true };
  const { status, body } = known
    ? await desk.write('PATCH', `integration_urls/${known.id}`, wanted)
    : await desk.write('POST', 'integration_urls', { name: NAME, description: DESCRIPTION, ...wanted });
  if (status >= 300)
    throw failure('DeskRefused', [
      'integration_urls',
      (body as { message?: string } | null)?.message ?? status,
    ]);
  return { id: read(body).id, outcome: known ? 'changed' : 'made' };
}

type IntegrationUrl = {
  readonly id: string;
  readonly markup: string;
  readonly enabled: boolean;
};

async function list(desk: DeskHttp): Promise<IntegrationUrl[]> {
  const found = await readAll(desk, 'integration_urls');
  if (found === null) throw failure('DeskRefused', ['integration_urls', 'it has none']);
  return found.map(read);
}

function read(entry: unknown): IntegrationUrl {
  const { markup, enabled, _links } = entry as {
    markup?: string;
    enabled?: boolean;
    _links?: { self?: { href?: string } };
  };
  return {
    id: idOf(_links?.self?.href) ?? '',
    markup: markup ?? '',
    enabled: enabled === true,
  };
}
