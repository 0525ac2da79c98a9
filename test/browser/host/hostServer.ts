import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};
const folderOf = (file: string) => dirname(fileURLToPath(import.meta.resolve(file)));
const SLDS_1 = folderOf(
  '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css',
);
const SLDS_2 = folderOf('@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css');

/** As strict as Lightning Experience: nothing from elsewhere, and no script that is not the page's own. */
const policy = (nonce: string) =>
  `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`;

export type HostServer = {
  readonly url: string;
  /** Serves a page; returns its address. Its scripts carry the nonce. */
  serve(html: string, nonce: string): string;
  close(): Promise<void>;
};

/**
 * Serves pages and, at the same origin, the org: its calls carry the session of the cookie `sid`, as those of the
 * pages of Lightning Experience do.
 */
export async function startHostServer(orgUrl: string, scripts: string): Promise<HostServer> {
  const pages = new Map<string, { html: string; nonce: string }>();
  const folders: readonly (readonly [string, string])[] = [
    ['/scripts/', scripts],
    ['/slds1/', join(SLDS_1, '..')],
    ['/slds2/', SLDS_2],
    ['/assets/', join(SLDS_1, '..')],
  ];
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://host');
    if (/^\/(?:services|cometd)\//.test(pathname)) return forward(orgUrl, incoming, outgoing);
    const page = pages.get(pathname);
    if (page) {
      outgoing.writeHead(200, {
        'content-type': 'text/html;charset=UTF-8',
        'content-security-policy': policy(page.nonce),
      });
      return outgoing.end(page.html);
    }
    const [prefix, folder] = folders.find(([prefix]) => pathname.startsWith(prefix)) ?? [];
    const file = folder === undefined ? '' : join(folder, pathname.slice(prefix?.length));
    if (folder === undefined || !file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      outgoing.writeHead(404);
      return outgoing.end();
    }
    outgoing.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    return createReadStream(file).pipe(outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    serve: (html, nonce) => {
      const path = `/lightning/page${pages.size + 1}`;
      pages.set(path, { html, nonce });
      return `${url}${path}`;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function forward(orgUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const [, session] = /(?:^|;\s*)sid=([^;]*)/.exec(incoming.headers.cookie ?? '') ?? [];
  const { host: _host, cookie: _cookie, ...headers } = incoming.headers;
  const authorization = `Bearer ${decodeURIComponent(session ?? '')}`;
  const onward = request(
    `${orgUrl}${incoming.url ?? '/'}`,
    { method: incoming.method, headers: { ...headers, authorization } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
