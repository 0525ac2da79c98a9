import { html } from '../core/widget/html.ts';
import type { DeskWidget, WidgetStep } from '../ports/deskWidget.ts';
import { checkAppToken } from './appToken.ts';
import { FRAME_SCRIPT } from './frameScript.ts';

/** What a case takes without scrolling, mostly; Zendesk gives an app 80 pixels unless it asks. */
const HEIGHT = '480px';
const LONGEST_TOKEN = 8_192;

/**
 * Zendesk opens the location of an app by a POST with a token that it signs for this installation, and no word of
 * the ticket. The page that it gets asks Zendesk for that, and then for the page of the ticket, with the same token.
 */
export const zendeskWidget: DeskWidget = {
  words: {
    desk: 'Zendesk',
    case: 'ticket',
    forged: {
      title: 'Zendesk has not opened this page',
      text: 'It is shown beside a ticket, by the app in Zendesk. If it stays so there, tell your administrator: the bridge has the key of another installation of the app.',
    },
    expired: {
      title: 'This page has expired',
      text: 'What Zendesk signs is good for some minutes. Reload the apps beside the ticket.',
    },
  },
  routes({ site, app }) {
    if (app === null) return null;
    const checked = (form: URLSearchParams, now: number, good: (token: string) => WidgetStep): WidgetStep => {
      const token = form.get('token') ?? '';
      const is = token.length > LONGEST_TOKEN ? 'forged' : checkAppToken(token, { site, ...app }, now);
      return is === 'good' ? good(token) : { step: 'refuse', refusal: is };
    };
    return [
      { method: 'GET', path: 'zendesk.js', next: () => ({ step: 'script', text: FRAME_SCRIPT }) },
      {
        method: 'POST',
        path: 'zendesk',
        next: ({ form, now }) => checked(form, now, (token) => ask(site, token)),
      },
      {
        method: 'POST',
        path: 'zendesk/ticket',
        next: ({ form, now }) =>
          checked(form, now, () => {
            const caseId = form.get('ticket') ?? '';
            if (!/^[1-9]\d{0,17}$/.test(caseId)) return { step: 'refuse', refusal: 'noCase' };
            return { step: 'show', caseId };
          }),
      },
    ];
  },
};

/** The token goes on in the body of a form, never in an address. */
function ask(site: string, token: string): WidgetStep {
  return {
    step: 'ask',
    title: 'Salesforce',
    body: html`<h1 class="hidden">Salesforce</h1>
      <form method="post" action="zendesk/ticket" data-site="${site}" data-height="${HEIGHT}">
        <input type="hidden" name="token" value="${token}" />
        <input type="hidden" name="ticket" value="" />
      </form>
      <p class="text" role="status" data-wait>Asking Zendesk which ticket this is …</p>
      <p class="text" role="status" data-late hidden>
        Zendesk does not say which ticket this is. Reload the apps beside the ticket; if it stays so, tell
        your administrator.
      </p>
      <script src="zendesk.js"></script>`,
  };
}
