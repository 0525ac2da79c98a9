import assert from 'node:assert/strict';
import { createZendesk } from '@desk-connect/bridge/zendesk/createZendesk.js';
import { callZendesk } from '../callZendesk.ts';
import { startZendesk, type LocalZendesk, type ZendeskOptions } from '../../zendesk/startZendesk.ts';
import type { DeskSide, Held, NewCase, People, Words } from './side.ts';

const IN_SALESFORCE: Readonly<Record<string, string>> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  hold: 'Pending',
  solved: 'Resolved',
  closed: 'Closed',
};
const WORDS: Words = {
  statusInSalesforce: (status) => IN_SALESFORCE[status],
  priorityInSalesforce: (priority) =>
    priority === 'urgent' || priority === 'high' ? 'High' : priority === 'low' ? 'Low' : 'Medium',
  statuses: ['open', 'pending', 'hold', 'solved'],
  priorities: ['urgent', 'high', 'normal', 'low', null],
  high: 'high',
  medium: 'normal',
  low: 'low',
  resolved: 'solved',
  contactField: 'Description',
  phoneField: 'Phone',
};

/** Who works there: an administrator who is not the bridge. */
const BOSS = { name: 'Boss', email: 'boss@zendesk.test', role: 'admin', verified: true };
const BY_CHANNEL = { email: 'email', phone: 'voice', chat: 'chat' } as const;

/**
 * People work in pages, which the limits of the API do not hold up; and who is killed each second forgets what he has
 * written. So here one record takes any number of updates. Exports are as few and as late as they are.
 */
const MANY = 1_000_000;
const BUSY: ZendeskOptions = {
  rateLimitPerMinute: 100_000,
  limits: {
    ticketUpdates: MANY,
    ticketUpdatesPerMinute: MANY,
    userUpdatesPerMinute: MANY,
    organizationUpdatesPerMinute: MANY,
  },
};

/** The local Zendesk, and its agents. */
export async function startZendeskSide(
  options: ZendeskOptions = {},
): Promise<{ side: DeskSide; zendesk: LocalZendesk }> {
  const zendesk = await startZendesk({ ...BUSY, ...options });
  const { url, adminEmail: email, faults, state } = zendesk;
  const [token = ''] = zendesk.apiTokens;
  const boss = (await ask(zendesk, 'POST', 'users', { user: BOSS }, email)).user.id;
  await spare(zendesk, boss);
  const side: DeskSide = {
    kind: 'zendesk',
    title: 'Zendesk',
    url,
    environment: {
      DESKCONNECT_DESK: 'zendesk',
      DESKCONNECT_ZENDESK_EMAIL: email,
      DESKCONNECT_ZENDESK_TOKEN: token,
    },
    secrets: { "Zendesk's API token": token },
    logIn: `${email} with the token ${token}`,
    words: WORDS,
    people: people(zendesk, boss),
    held: held(zendesk),
    faults,
    requests: {
      creation: { method: 'POST', path: /\/(?:organizations|users|tickets)(?:\/create_many)?$/ },
      changeOf: (caseId) => ({ method: 'PUT', path: new RegExp(`/tickets/(?:${caseId}|update_many)$`) }),
      note: { method: 'PUT', path: /\/tickets\/\d+$/, body: /"public":false/ },
      reply: { method: 'PUT', path: /\/tickets\/\d+$/, body: /"public":true/ },
      search: { method: 'GET', path: /search$/ },
      customer: { method: 'GET', path: /users\/show_many$/ },
    },
    open: (signal, at = url) => createZendesk({ url: at, auth: { kind: 'token', email, token }, signal }),
    emailed: () => state.notifications,
    refused: () => zendesk.rateLimit.refused,
    close: () => zendesk.close(),
  };
  return { side, zendesk };
}

/** With `.json` behind it a path is the same to Zendesk, and no fault that is meant for a bridge strikes it. */
async function ask(zendesk: LocalZendesk, method: string, path: string, body?: object, as = BOSS.email) {
  const answer = await callZendesk(zendesk, method, `${path}.json`, body, { as });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/**
 * What the guide has an administrator do: no trigger runs for what the bridge writes. The same of those who work here,
 * so that whatever is sent nonetheless comes of the bridge.
 */
async function spare(zendesk: LocalZendesk, boss: number): Promise<void> {
  const { users, triggers } = zendesk.state.tables;
  const bridge = users.find(({ role }) => role === 'admin') ?? assert.fail();
  for (const { id, conditions } of triggers) {
    const spared = [bridge.id, boss].map((who) => ({
      field: 'role',
      operator: 'is_not',
      value: String(who),
    }));
    const trigger = { conditions: { ...conditions, all: [...conditions.all, ...spared] } };
    await ask(zendesk, 'PUT', `triggers/${id}`, { trigger });
  }
}

function people(zendesk: LocalZendesk, boss: number): People {
  const { tables } = zendesk.state;
  const call = (method: string, path: string, body?: object) => ask(zendesk, method, path, body);
  const put = async (path: string, body: object) => void (await call('PUT', path, body));
  const name = ({ firstName, lastName }: Parameters<People['changeCustomer']>[1], own = '') => {
    const [first, last] = namesOf(own);
    return [firstName ?? first, lastName ?? last].filter((part) => part).join(' ');
  };
  const ticket = ({ customerId, ...fields }: Parameters<People['changeCase']>[1]) => ({
    ...fields,
    ...(customerId === undefined ? {} : { requester_id: Number(customerId) }),
    // What is solved is somebody's.
    ...(fields.status === 'solved' || fields.status === 'closed' ? { assignee_id: boss } : {}),
  });
  const comment = (id: string, sent: object) => put(`tickets/${id}`, { ticket: { comment: sent } });
  return {
    company: async (called) =>
      String((await call('POST', 'organizations', { organization: { name: called } })).organization.id),
    customer: async ({ email, phone, companyId, ...fields }) => {
      const user = {
        name: name(fields),
        skip_verify_email: true,
        ...(email === undefined ? {} : { email }),
        ...(phone === undefined ? {} : { phone }),
        ...(companyId === undefined ? {} : { organization_id: Number(companyId) }),
      };
      return String((await call('POST', 'users', { user })).user.id);
    },
    case: async ({ message = 'B', channel = 'email', ...fields }: NewCase) => {
      const made = (
        await call('POST', 'tickets', {
          ticket: { ...ticket(fields), submitter_id: Number(fields.customerId), comment: { body: message } },
        })
      ).ticket;
      // What comes by a channel is not made over the API.
      Object.assign(tables.tickets.find(({ id }) => id === made.id) ?? assert.fail(), {
        channel: BY_CHANNEL[channel],
      });
      return String(made.id);
    },
    changeCompany: (id, called) => put(`organizations/${id}`, { organization: { name: called } }),
    changeCustomer: async (id, { email, phone, companyId, ...names }) => {
      const own = tables.users.find((one) => String(one.id) === id) ?? assert.fail();
      const primary = own.identities.find((one) => one.type === 'email' && one.primary);
      if (email !== undefined && primary)
        await put(`users/${id}/identities/${primary.id}`, { identity: { value: email } });
      else if (email !== undefined) await put(`users/${id}`, { user: { email, skip_verify_email: true } });
      const user = {
        ...(Object.keys(names).length > 0 ? { name: name(names, own.name) } : {}),
        ...(phone === undefined ? {} : { phone }),
        ...(companyId === undefined ? {} : { organization_id: Number(companyId) }),
      };
      if (Object.keys(user).length > 0) await put(`users/${id}`, { user });
    },
    changeCase: (id, fields) => put(`tickets/${id}`, { ticket: ticket(fields) }),
    deleteCase: async (id) => void (await call('DELETE', `tickets/${id}`)),
    note: (caseId, body) => comment(caseId, { body, public: false }),
    reply: (caseId, direction, body) => {
      const { requester_id } = tables.tickets.find((one) => String(one.id) === caseId) ?? assert.fail();
      return comment(caseId, {
        body,
        public: true,
        ...(direction === 'in' ? { author_id: requester_id } : {}),
      });
    },
  };
}

/** A user has one name, of which the last word is the last name of a contact. */
function namesOf(name: string): readonly [first: string | null, last: string] {
  const at = name.lastIndexOf(' ');
  return at < 0 ? [null, name] : [name.slice(0, at), name.slice(at + 1)];
}

function held({ state: { tables } }: LocalZendesk): Held {
  const text = (id: number | null) => (id === null ? null : String(id));
  return {
    companies: () =>
      tables.organizations
        .filter((one) => one.deleted_at === null)
        .map(({ id, external_id, name }) => ({ id: String(id), externalId: external_id, name })),
    customers: () =>
      tables.users
        .filter((one) => one.active && one.role === 'end-user')
        .map((one) => {
          const [firstName, lastName] = namesOf(one.name);
          return {
            id: String(one.id),
            externalId: one.external_id,
            firstName,
            lastName,
            email: one.identities.find(({ type, primary }) => type === 'email' && primary)?.value ?? null,
            companyId: text(one.organization_id),
            phone: one.phone,
            text: one.notes,
            inContact: { Description: one.notes, Phone: one.phone },
          };
        }),
    cases: () => {
      const customers = new Set(tables.users.filter(({ role }) => role === 'end-user').map(({ id }) => id));
      return tables.tickets
        .filter((one) => one.deleted_at === null)
        .map((one) => {
          const [first, ...comments] = one.comments;
          const messageOf = ({ author_id, body }: (typeof comments)[number]) => ({
            direction: customers.has(author_id) ? ('in' as const) : ('out' as const),
            body,
          });
          return {
            id: String(one.id),
            externalId: one.external_id,
            subject: one.subject ?? '',
            status: one.status,
            priority: one.priority,
            isEmail: one.channel !== BY_CHANNEL.phone && one.channel !== BY_CHANNEL.chat,
            customerId: String(one.requester_id),
            notes: comments.filter((each) => !each.public).map(({ body }) => body),
            first: messageOf(first ?? assert.fail()),
            replies: comments.filter((each) => each.public).map(messageOf),
          };
        });
    },
  };
}
