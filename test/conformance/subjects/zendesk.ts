import assert from 'node:assert/strict';
import type { PairKind } from '../../../bridge/src/core/pair.ts';
import type { DeskChanges } from '../../../bridge/src/ports/helpDesk.ts';
import { createZendesk } from '../../../bridge/src/zendesk/createZendesk.ts';
import { zendeskHook } from '../../../bridge/src/zendesk/hook.ts';
import { callZendesk } from '../../support/callZendesk.ts';
import type { Fault } from '../../support/faults.ts';
import { startZendesk, type LocalZendesk } from '../../zendesk/startZendesk.ts';
import { movableClock } from '../movableClock.ts';
import type { NewField, People, ServerLook, Subject, Tester } from '../subject.ts';
import { listenTo } from './listenTo.ts';
import { upsets } from './upsets.ts';
import { WORDS } from './words.ts';

const NAMES = {
  company: { one: 'organization', many: 'organizations', word: 'name' },
  customer: { one: 'user', many: 'users', word: 'name' },
  case: { one: 'ticket', many: 'tickets', word: 'subject' },
} as const;

/** An administrator who is not the bridge: what one user may do to a ticket does not count for another one. */
const BOSS = { name: 'Boss', email: 'boss@zendesk.test', role: 'admin', verified: true };

/** People work in pages, which the limits of single endpoints of the API do not hold up. */
const NO_LIMIT = 1_000_000;
const BUSY_PEOPLE = {
  ticketUpdates: NO_LIMIT,
  ticketUpdatesPerMinute: NO_LIMIT,
  userUpdatesPerMinute: NO_LIMIT,
  organizationUpdatesPerMinute: NO_LIMIT,
};

/** The adapter for Zendesk and the local Zendesk. */
export const ZENDESK_TESTER: Tester = {
  name: 'zendesk',
  cannot: {
    drafts: 'what an agent has not sent is not in Zendesk',
  },
  start: async ({ pageSize, busyPeople = false }) => {
    const clock = movableClock();
    const local = await startZendesk({
      now: clock.now,
      rateLimitPerMinute: 100_000,
      limits: busyPeople ? BUSY_PEOPLE : {},
      ...(pageSize === undefined ? {} : { maxPageSize: pageSize }),
    });
    await spareTheBridge(local);
    await callZendesk(local, 'POST', 'users', { user: BOSS });
    const ear = await listenTo(zendeskHook.path);
    const auth = { kind: 'token', email: local.adminEmail, token: local.apiTokens[0] ?? '' } as const;
    const again = () => createZendesk({ url: local.url, auth, clock });
    const subject: Subject = {
      desk: again(),
      again,
      clock,
      newRecord,
      word: WORDS,
      people: people(local),
      server: look(local),
      faults: upsets(local.faults, {
        creates: (pair) => below('POST', `${NAMES[pair].many}(?:/create_many|/create_or_update(?:_many)?)?`),
        updates: (pair) => below('PUT', `${NAMES[pair].many}/(?:\\d+|update_many)`),
        notes: below('PUT', 'tickets/\\d+'),
        workLater: (ms) => {
          local.jobs.delayMs = ms;
        },
      }),
      hook: zendeskHook,
      hear: async () => ({
        secret: await setUpWebhooks(local, ear.url),
        calls: ear.calls,
        tells: ['company', 'customer', 'case'],
      }),
      close: async () => {
        await local.close();
        await ear.close();
      },
    };
    return subject;
  },
};

const below = (method: string, path: string): Fault['match'] => ({
  method,
  path: new RegExp(`^/api/v2/(?:${path})(?:\\.json)?$`),
});

const EVENTS = ['user.created', 'user.name_changed', 'organization.created', 'organization.name_changed'];

/** Two webhooks, for what triggers tell and for events, as the guide says it; gives their secrets. */
async function setUpWebhooks(local: LocalZendesk, endpoint: string): Promise<string> {
  const made = async (subscriptions: readonly string[]) => {
    const how = { http_method: 'POST', request_format: 'json', status: 'active' };
    const webhook = { name: 'Desk Connect', endpoint, subscriptions, ...how };
    const { id } = (await callZendesk(local, 'POST', 'webhooks', { webhook })).body['webhook'] as {
      id: string;
    };
    const { body } = await callZendesk(local, 'GET', `webhooks/${id}/signing_secret`);
    return { id, secret: (body['signing_secret'] as { secret: string }).secret };
  };
  const triggered = await made(['conditional_ticket_events']);
  const subscribed = await made(EVENTS.map((event) => `zen:event-type:${event}`));
  const any = ['Create', 'Change'].map((value) => ({ field: 'update_type', operator: 'is', value }));
  const call = { field: 'notification_webhook', value: [triggered.id, '{"ticket_id": "{{ticket.id}}"}'] };
  const trigger = { title: 'Tell Desk Connect', conditions: { all: [], any }, actions: [call] };
  assert.equal((await callZendesk(local, 'POST', 'triggers', { trigger })).status, 201);
  return `${triggered.secret} ${subscribed.secret}`;
}

/** What the guide has an administrator do: no trigger runs for what the bridge writes. */
async function spareTheBridge(local: LocalZendesk): Promise<void> {
  const { users, triggers } = local.state.tables;
  const bridge = users.find(({ role }) => role === 'admin') ?? assert.fail();
  for (const { id, conditions } of triggers) {
    const spared = { field: 'role', operator: 'is_not', value: String(bridge.id) };
    const trigger = { conditions: { ...conditions, all: [...conditions.all, spared] } };
    assert.equal((await callZendesk(local, 'PUT', `triggers/${id}`, { trigger })).status, 200);
  }
}

function newRecord(pair: PairKind, word: string, parentId = ''): DeskChanges {
  if (pair === 'company') return { name: word };
  if (pair === 'customer') return { lastName: word };
  return { subject: word, status: 'open', message: `Hello: ${word}`, customerId: parentId };
}

/** Agents at work, and customers who write. */
function people(local: LocalZendesk): People {
  const call = async (method: string, path: string, body?: object) => {
    const answer = await callZendesk(local, method, path, body, { as: BOSS.email });
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  let somebody: Promise<number> | undefined;
  const customer = async () => (await call('POST', 'users', { user: { name: 'Somebody' } })).user.id;
  const bodyOf = async (pair: PairKind, word: string, parentId?: string) => {
    if (pair !== 'case') return { name: word };
    const requester = Number(parentId ?? (await (somebody ??= customer())));
    return { subject: word, status: 'open', requester_id: requester, comment: { body: `Hello: ${word}` } };
  };
  const comment = (id: string, sent: object) => call('PUT', `tickets/${id}`, { ticket: { comment: sent } });
  let spoilt = 0;
  let fields = 0;
  return {
    make: async (pair, word, parentId) => {
      const { one, many } = NAMES[pair];
      return String((await call('POST', many, { [one]: await bodyOf(pair, word, parentId) }))[one].id);
    },
    change: async (pair, id, word) => {
      const { one, many, word: name } = NAMES[pair];
      await call('PUT', `${many}/${id}`, { [one]: { [name]: word } });
    },
    delete: async (pair, id) => void (await call('DELETE', `${NAMES[pair].many}/${id}`)),
    merge: async (pair, loserId, winnerId) => {
      if (pair === 'customer')
        await call('PUT', `users/${loserId}/merge`, { user: { id: Number(winnerId) } });
      else if (pair === 'company')
        await call('POST', `organizations/${loserId}/merge`, {
          organization_merge: { winner_id: Number(winnerId) },
        });
      else assert.fail('a ticket that is merged is closed, and stays');
    },
    spoil: async (pair, id) => {
      const record = recordOf(local, pair, id) ?? assert.fail();
      spoilt += 1;
      // Something that no agent can do.
      local.state.change(record, { [NAMES[pair].word]: `Spoilt ${spoilt}` });
      const field = { company: 'domain_names', customer: 'notes', case: 'status' }[pair];
      Object.assign(record, { [field]: { spoilt } });
    },
    note: async (id, body) => void (await comment(id, { body, public: false })),
    reply: async (id, direction, body) => {
      const ticket = local.state.tables.tickets.find((one) => String(one.id) === id) ?? assert.fail();
      const author = direction === 'in' ? { author_id: ticket.requester_id } : {};
      await comment(id, { body, public: true, ...author });
    },
    draft: () => assert.fail('Zendesk tells of no drafts'),
    addField: async (pair, field) => {
      fields += 1;
      const kind = `${NAMES[pair].one}_field`;
      const made = await call('POST', `${kind}s`, { [kind]: fieldBody(pair, field, `field_${fields}`) });
      const { id, key = id } = made[kind] as { readonly id: number; readonly key?: string };
      return String(key);
    },
    useUp: async (requests) => {
      for (let made = 0; made < requests; made += 1) await call('GET', 'users/me');
    },
  };
}

function fieldBody(pair: PairKind, { label, type, choices = [], active = true }: NewField, key: string) {
  const zendeskType = {
    string: 'text',
    boolean: 'checkbox',
    integer: 'integer',
    decimal: 'decimal',
    date: 'date',
    list: pair === 'case' ? 'tagger' : 'dropdown',
    multi: 'multiselect',
  }[type];
  // What agents see of an option is not what records hold.
  const custom_field_options = choices.map((value) => ({ name: `The ${value} one`, value }));
  return {
    type: zendeskType,
    title: label,
    active,
    ...(pair === 'case' ? {} : { key }),
    ...(choices.length > 0 ? { custom_field_options } : {}),
  };
}

function recordOf({ state }: LocalZendesk, pair: PairKind, id: string) {
  return state.tables[NAMES[pair].many].find((one) => String(one.id) === id);
}

function look(local: LocalZendesk): ServerLook {
  const { tables } = local.state;
  const isThere = (record: object) =>
    !('deleted_at' in record && record.deleted_at !== null) &&
    !('active' in record && record.active === false);
  const wordOf = (record: object, pair: PairKind) => {
    const word = new Map<string, unknown>(Object.entries(record)).get(NAMES[pair].word);
    return typeof word === 'string' ? word : null;
  };
  const text = (id: number | null) => (id === null ? null : String(id));
  return {
    sees: (pair, id) => {
      const record = recordOf(local, pair, id);
      if (!record || !isThere(record)) return null;
      return {
        word: wordOf(record, pair),
        externalId: record.external_id,
        parentId: text(
          'requester_id' in record
            ? record.requester_id
            : 'organization_id' in record
              ? record.organization_id
              : null,
        ),
        whole: JSON.stringify(record),
      };
    },
    count: (pair, word) =>
      tables[NAMES[pair].many].filter((one) => isThere(one) && wordOf(one, pair) === word).length,
    said: (id) => {
      const ticket = tables.tickets.find((one) => String(one.id) === id) ?? assert.fail(`no ticket ${id}`);
      const [, ...comments] = ticket.comments;
      const isCustomer = (author: number) =>
        tables.users.find((one) => one.id === author)?.role === 'end-user';
      return {
        notes: comments.filter((one) => !one.public).map(({ body }) => body),
        replies: comments
          .filter((one) => one.public)
          .map(({ body, author_id }) => ({ direction: isCustomer(author_id) ? 'in' : 'out', body })),
      };
    },
    calls: () => local.calls.length,
    refused: () => local.rateLimit.refused,
    emailed: () => local.state.notifications.length,
    lagBehind: (ms) => {
      local.settings.searchLagMs = ms;
    },
    limitTo: (perMinute) => {
      local.rateLimit.perMinute = perMinute;
    },
  };
}
