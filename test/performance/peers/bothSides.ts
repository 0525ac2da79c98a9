import type { RelaySettings } from './relaySettings.ts';

export type Row = Readonly<Record<string, unknown>>;

type Page = { readonly records: readonly Row[]; readonly nextRecordsUrl?: string };

/** The requests that a relay makes, over connections that stay open. A refusal ends the relay. */
export function bothSides({ salesforceUrl, accessToken, deskUrl, deskAuthorization }: RelaySettings) {
  const salesforce = `${salesforceUrl}/services/data/v65.0`;
  const session = `Bearer ${accessToken}`;
  return {
    query: async (soql: string) => {
      const rows: Row[] = [];
      let url: string | undefined = `${salesforce}/query?q=${encodeURIComponent(soql)}`;
      while (url !== undefined) {
        const page = (await ask('GET', url, session)) as Page;
        rows.push(...page.records);
        url = page.nextRecordsUrl === undefined ? undefined : `${salesforceUrl}${page.nextRecordsUrl}`;
      }
      return rows;
    },
    writeCase: (id: string, fields: Row) =>
      ask('PATCH', `${salesforce}/sobjects/Case/${id}`, session, fields),
    readDesk: (path: string) => ask('GET', `${deskUrl}/api/v2/${path}`, deskAuthorization),
    writeDesk: (path: string, body: Row) =>
      ask('PATCH', `${deskUrl}/api/v2/${path}`, deskAuthorization, body),
  };
}

async function ask(method: string, url: string, authorization: string, body?: Row): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}
