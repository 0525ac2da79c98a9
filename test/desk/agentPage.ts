import { rendered } from './liquid.ts';
import type { Case, DeskState } from './state.ts';

/** A page for people: the cases of the site, newest first, or one of them with its customer. */
export function agentPage(state: DeskState, caseId: string | null): string {
  const chosen = state.tables.cases.find((one) => String(one.id) === caseId);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Local Desk</title><style>
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:56rem;padding:1rem}
h1{font-size:1.3rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8884}
pre{white-space:pre-wrap;font:inherit;border-left:3px solid #8888;padding-left:1rem}dt{opacity:.7}dd{margin:0 0 .5rem}</style></head><body>${chosen ? caseView(state, chosen) : listView(state)}</body></html>`;
}

function listView(state: DeskState): string {
  const rows = [...state.tables.cases]
    .reverse()
    .map(
      (one) =>
        `<tr><td><a href="/agent?case=${one.id}">${one.id}</a></td><td>${escape(one.subject)}</td><td>${escape(one.status)}</td><td>${one.priority}</td><td>${escape(customerName(state, one))}</td></tr>`,
    );
  const body = rows.length > 0 ? rows.join('') : '<tr><td colspan="5">No case yet.</td></tr>';
  return `<h1>Local Desk: cases</h1><table><thead><tr><th>Case</th><th>Subject</th><th>Status</th><th>Priority</th><th>Customer</th></tr></thead><tbody>${body}</tbody></table>`;
}

function caseView(state: DeskState, one: Case): string {
  const conversation = [one.message, ...one.replies]
    .map((message) => `<pre>${escape(message.body)}</pre>`)
    .join('');
  return `<p><a href="/agent">All cases</a></p><h1>${one.id}: ${escape(one.subject)}</h1><dl><dt>Customer</dt><dd>${escape(customerName(state, one))}</dd><dt>Status</dt><dd>${escape(one.status)}</dd><dt>Priority</dt><dd>${one.priority}</dd><dt>In Salesforce</dt><dd>${escape(one.external_id ?? 'not said')}</dd></dl>${integrationLinks(state, one)}${conversation}`;
}

/** What the site's integration URLs lead to for a case. */
function integrationLinks(state: DeskState, one: Case): string {
  const links = state.tables.integrationUrls
    .filter(({ enabled }) => enabled)
    .map(
      ({ name, markup }) =>
        `<li><a href="${escape(rendered(markup, one))}" target="_blank" rel="noopener">${escape(name)}</a></li>`,
    );
  return links.length === 0 ? '' : `<ul>${links.join('')}</ul>`;
}

function customerName(state: DeskState, one: Case): string {
  const customer = state.tables.customers.find((other) => other.id === one.customer_id);
  return [customer?.first_name, customer?.last_name, customer?.emails[0] && `<${customer.emails[0].value}>`]
    .filter(Boolean)
    .join(' ');
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
