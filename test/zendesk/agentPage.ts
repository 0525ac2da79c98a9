import type { Account, Answer } from './account.ts';
import { find } from './account.ts';
import { frameUrl, newGuid, tokenFor } from './apps.ts';
import type { User } from './records.ts';

/** What the product lets the frame of an app do. */
const SANDBOX =
  'allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads';

/** The page of a ticket, as an agent sees it, with the apps beside it. @throws 404 */
export function ticketPage(account: Account, ticketId: string, user: User): Answer {
  const { state } = account;
  const ticket = find(state.tables.tickets, ticketId);
  const frames = state.tables.installations
    .filter(({ enabled }) => enabled)
    .map((installation) => {
      const app = find(state.tables.apps, installation.app_id);
      const guid = newGuid();
      const url = frameUrl(account, app, guid);
      const token = app.manifest.signedUrls
        ? tokenFor(account, { app, installation, user, query: new URL(url).search })
        : null;
      const metadata = { appId: app.id, installationId: installation.id, settings: installation.settings };
      return {
        guid,
        url,
        token,
        origin: new URL(url).origin,
        metadata,
        title: String(installation.settings['name']),
      };
    });
  const data = {
    ticket: { id: ticket.id, subject: ticket.subject },
    frames,
    subdomain: subdomainOf(account),
  };
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escaped(ticket.subject ?? `Ticket ${ticket.id}`)}</title>
<style>body { font: 14px sans-serif; display: grid; grid-template-columns: 1fr 320px; gap: 1rem } iframe { width: 100%; height: 80px; border: 0 }</style>
<main><h1>${escaped(ticket.subject ?? '')}</h1><p>${escaped(ticket.description)}</p></main>
<aside>${frames.map(frameHtml).join('')}</aside>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
<script>${FRAMEWORK}</script>
</html>`;
  return { status: 200, body: page, headers: { 'cache-control': 'no-store' } };
}

type Frame = {
  readonly guid: string;
  readonly url: string;
  readonly token: string | null;
  readonly title: string;
};

function frameHtml({ guid, url, token, title }: Frame): string {
  const frame = `<h2>${escaped(title)}</h2><iframe name="${guid}" title="${escaped(title)}" sandbox="${SANDBOX}"${
    token === null ? ` src="${escaped(url)}"` : ''
  }></iframe>`;
  if (token === null) return frame;
  return `${frame}<form method="post" target="${guid}" action="${escaped(url)}"><input type="hidden" name="token" value="${token}"></form>`;
}

const subdomainOf = ({ url }: Account) => new URL(url).hostname.split('.')[0] ?? '';

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The side of the apps framework that is around the frames: it answers those that have shaken hands. */
const FRAMEWORK = `
const { ticket, frames, subdomain } = JSON.parse(document.getElementById('data').textContent);
globalThis.heard = [];
for (const form of document.forms) form.submit();
addEventListener('message', (event) => {
  let message;
  try { message = JSON.parse(event.data) } catch { return }
  const app = frames.find(({ guid }) => guid === message.appGuid);
  const frame = app && document.getElementsByName(app.guid)[0];
  if (!app || event.source !== frame.contentWindow || event.origin !== app.origin) return;
  heard.push(message);
  const reply = (answer) => frame.contentWindow.postMessage(JSON.stringify(answer), app.origin);
  if (message.key === 'iframe.handshake') {
    app.registered = true;
    const context = { instanceGuid: app.guid, product: 'support', account: { subdomain }, location: 'ticket_sidebar', ticketId: ticket.id };
    reply({ key: 'zaf.app.registered', message: { metadata: app.metadata, context } });
  }
  if (!app.registered || message.id === undefined) return;
  const result = { errors: {} };
  if (message.request === 'get')
    for (const path of message.params) {
      const value = { 'ticket.id': ticket.id, 'ticket.subject': ticket.subject }[path];
      if (value === undefined) result.errors[path] = { message: 'No such Api', name: 'APIError', path };
      else result[path] = value;
    }
  if (message.request === 'invoke') {
    const [size] = message.params.resize ?? [];
    if (size) frame.style.height = size.height;
  }
  reply({ id: message.id, result });
});`;
