import type { Account, Route } from './account.ts';
import { listed } from './lists.ts';
import type { Trigger } from './records.ts';
import { automationBody } from './render.ts';
import type { ZendeskState } from './state.ts';

/** Rules that run by the hour. They are kept here and shown; nothing runs them. */
export function automationRoutes(account: Account): Route[] {
  const { automations } = account.state.tables;
  const list = { name: 'automations', render: (one: Trigger) => automationBody(account, one) };
  return [
    ['GET', /^automations$/, (request) => listed(account, request, automations, list)],
    [
      'GET',
      /^automations\/active$/,
      (request) =>
        listed(
          account,
          request,
          automations.filter(({ active }) => active),
          list,
        ),
    ],
  ];
}

/** The one of a new account. */
export function addStandardAutomation(state: ZendeskState): void {
  state.add(state.tables.automations, {
    ...state.stamps(),
    title: 'Close ticket 4 days after status is set to solved',
    active: true,
    default: true,
    position: 1,
    conditions: {
      all: [
        { field: 'status', operator: 'is', value: 'solved' },
        { field: 'SOLVED', operator: 'greater_than', value: '96' },
      ],
      any: [],
    },
    actions: [{ field: 'status', value: 'closed' }],
  });
}
