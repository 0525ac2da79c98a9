import { addNote, addReply, createCase, updateCase } from './cases.ts';
import { page, selected } from './lists.ts';
import { messageBody, noteBody } from './render.ts';
import { searchCases } from './search.ts';
import { created, LIST, ok, type Route, type Site } from './site.ts';
import type { Case } from './state.ts';

/** Cases with their message, replies and notes. */
export function caseRoutes(site: Site): Route[] {
  const { state } = site;
  const { cases } = state.tables;
  const filtered = (query: URLSearchParams): readonly Case[] => {
    const [customer, company, sinceId] = ['customer_id', 'company_id', 'since_id'].map((name) =>
      query.get(name),
    );
    // The list as it is keeps its order from one page to the next.
    if (!customer && !company && !sinceId) return cases;
    return cases.filter(
      (one) =>
        (!customer || one.customer_id === Number(customer)) &&
        (!company || site.companyIdOf(one) === Number(company)) &&
        (!sinceId || one.id >= Number(sinceId)),
    );
  };
  return [
    ['GET', /^cases$/, ({ query }) => site.cases(filtered(query), query, 'cases')],
    ['POST', /^cases$/, ({ input }) => created(site.case(createCase(state, input)))],
    [
      'GET',
      /^cases\/search$/,
      ({ query }) => site.cases(searchCases(state, site.searchLagMs(), query), query, 'cases/search', 20),
    ],
    [
      'GET',
      /^cases\/([^/]+)$/,
      ({ query }, id = '') => ok(selected(site.caseWith(site.findCase(id), query), query)),
    ],
    [
      'PATCH',
      /^cases\/([^/]+)$/,
      ({ input }, id = '') => {
        const found = site.findCase(id);
        updateCase(state, found, input);
        return ok(site.case(found));
      },
    ],
    [
      'GET',
      /^cases\/([^/]+)\/message$/,
      (_request, id = '') => ok(messageBody(site.findCase(id).message, site.findCase(id), 'message')),
    ],
    [
      'GET',
      /^cases\/([^/]+)\/replies$/,
      ({ query }, id = '') => {
        const found = site.findCase(id);
        return ok(
          page(found.replies, query, { ...LIST, path: `cases/${id}/replies` }, (reply) =>
            messageBody(reply, found, `replies/${reply.id}`),
          ),
        );
      },
    ],
    [
      'POST',
      /^cases\/([^/]+)\/replies$/,
      ({ input }, id = '') => {
        const found = site.findCase(id);
        const reply = addReply(state, found, input);
        return created(messageBody(reply, found, `replies/${reply.id}`));
      },
    ],
    [
      'GET',
      /^cases\/([^/]+)\/replies\/(\d+)$/,
      (_request, id = '', reply = '') => {
        const found = site.findCase(id);
        return ok(messageBody(site.find(found.replies, reply), found, `replies/${reply}`));
      },
    ],
    [
      'GET',
      /^cases\/([^/]+)\/notes$/,
      ({ query }, id = '') => {
        const found = site.findCase(id);
        return ok(
          page(found.notes, query, { ...LIST, path: `cases/${id}/notes` }, (note) => noteBody(note, found)),
        );
      },
    ],
    [
      'POST',
      /^cases\/([^/]+)\/notes$/,
      ({ input }, id = '') => {
        const found = site.findCase(id);
        return created(noteBody(addNote(state, found, input), found));
      },
    ],
  ];
}
