/**
 * Learns from Zendesk which ticket it stands beside, and asks for its page. Zendesk's framework is spoken to by
 * messages to the window around, as its own client library does; that one would have to be loaded from another site.
 */
export const FRAME_SCRIPT = `'use strict';
{
  const form = document.querySelector('form');
  const site = form.dataset.site;
  const place = new URLSearchParams(location.search);
  if (!place.has('app_guid')) for (const [name, value] of new URLSearchParams(location.hash.slice(1))) place.set(name, value);
  const appGuid = place.get('app_guid');
  const send = (message) => parent.postMessage(JSON.stringify({ ...message, appGuid, instanceGuid: appGuid }), site);
  const read = (data) => {
    try {
      return typeof data === 'string' ? JSON.parse(data) : data;
    } catch {
      return null;
    }
  };
  let isKnown = false;
  const open = (ticket) => {
    if (isKnown || !/^[0-9]{1,18}$/.test(String(ticket))) return;
    isKnown = true;
    form.elements.ticket.value = ticket;
    form.submit();
  };
  addEventListener('message', (event) => {
    if (event.source !== parent || event.origin !== site) return;
    const message = read(event.data);
    if (message === null || typeof message !== 'object') return;
    if (message.key === 'zaf.app.registered') {
      send({ id: 1, request: 'invoke', params: { resize: [{ width: '100%', height: form.dataset.height }] } });
      send({ id: 2, request: 'get', params: ['ticket.id'] });
    }
    if (message.id === 2) open(message.result?.['ticket.id']);
  });
  send({ key: 'iframe.handshake', message: { version: '2.0.0' } });
  setTimeout(() => {
    if (isKnown) return;
    document.querySelector('[data-wait]').hidden = true;
    document.querySelector('[data-late]').hidden = false;
  }, 10_000);
}
`;
