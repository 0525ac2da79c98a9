import type { HelpDesk } from '../ports/helpDesk.ts';
import { ZENDESK_VOCABULARY } from '../core/vocabulary/zendesk.ts';
import { Recent } from '../http/recent.ts';
import { addNote, addReply } from './comments.ts';
import { readConversation } from './conversation.ts';
import { createRecords } from './create.ts';
import { Feed, startOf } from './feed.ts';
import { find } from './find.ts';
import { ZendeskHttp, type ZendeskOptions } from './http.ts';
import { isSilent, markAfter } from './mark.ts';
import { readMany } from './readMany.ts';
import { removeTickets } from './remove.ts';
import { NAMES } from './schemas.ts';
import { Site } from './site.ts';
import { updateRecords } from './update.ts';

/** A help desk that speaks the API of Zendesk. */
export function createZendesk(options: ZendeskOptions): HelpDesk {
  const http = new ZendeskHttp(options);
  const site = new Site(http);
  const feed = new Feed(http);
  const recent = new Recent(() => http.now());
  return {
    vocabulary: ZENDESK_VOCABULARY,
    read: async (pair, ids, trusted, withMessage) => {
      const found = recent.trusted(pair, ids, trusted);
      const rest = ids.filter((id) => !found.has(id));
      const withPeople = withMessage !== undefined && rest.some(withMessage);
      for (const [id, record] of await readMany(site, pair, rest, withPeople)) found.set(id, record);
      return found;
    },
    startOf: (_pair, since) => startOf(since),
    changes: async (pair, position) => {
      const { isFirstHand, staff, ...page } = await feed.changes(pair, position);
      if (pair === 'customer') {
        for (const { id } of page.records) site.users.note(id, false);
        for (const id of staff) site.users.note(id, true);
      }
      if (isFirstHand) recent.add(page.records);
      recent.forget(pair, page.gone);
      site.tickets.note(page.records);
      return page;
    },
    find: (query) => find(http, query),
    create: (pair, records) => createRecords(site, pair, records),
    update: (pair, records) => updateRecords(site, pair, records),
    remove: (caseIds) => removeTickets(site, caseIds),
    conversation: (deskCase, wanted) => readConversation(http, deskCase, wanted),
    conversationAfter: markAfter,
    isSilent,
    addNote: (caseId, text) => addNote(site, caseId, text),
    addReply: (caseId, reply) => addReply(site, caseId, reply),
    toldUpTo: (pair) => feed.toldUpTo(pair),
    fields: (pair) => site.fields(pair),
    rate: () => http.budget.state,
    shareAmong: (bridges) => {
      http.budget.shareAmong(bridges);
      http.limits.shareAmong(bridges);
    },
    webUrl: (pair, id) => `${options.url.replace(/\/$/, '')}/agent/${NAMES[pair].many}/${id}`,
  };
}
