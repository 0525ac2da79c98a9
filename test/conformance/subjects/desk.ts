import assert from 'node:assert/strict';
import type { PairKind } from '../../../bridge/src/core/pair.ts';
import { createDesk } from '../../../bridge/src/desk/createDesk.ts';
import { deskHook } from '../../../bridge/src/desk/hook.ts';
import type { DeskChanges } from '../../../bridge/src/ports/helpDesk.ts';
import { startDesk, type LocalDesk } from '../../desk/startDesk.ts';
import { movableClock } from '../movableClock.ts';
import type { People, ServerLook, Subject, Tester } from '../subject.ts';
import { listenTo } from './listenTo.ts';
import { upsets } from './upsets.ts';
import { WORDS } from './words.ts';

const NOT_TOLD = 'Desk does not tell of one that is gone: it is found absent when it is read';
const NO_MERGE = "Desk's API knows no merge";

const PLURAL = { company: 'companies', customer: 'customers', case: 'cases' } as const;
/** Desk's word for whose custom field it is. */
const OWNER = { company: 'company', customer: 'customer', case: 'ticket' } as const;
const WORD = { company: 'name', customer: 'last_name', case: 'subject' } as const;

/** What a rule of Desk sends, as the guide has it. */
const CALL = '{"case_id": {{case.id}}}';

/** The adapter for Desk API v2 and the local Desk. */
export const DESK_TESTER: Tester = {
  name: 'desk',
  cannot: {
    companyExternalId: 'companies of Desk carry no id of ours',
    goneCompanies: NOT_TOLD,
    goneCustomers: NOT_TOLD,
    mergedCompanies: NO_MERGE,
    mergedCustomers: NO_MERGE,
    decimals: 'Desk has no such type of field',
    selections: 'Desk has no such type of field',
    signedCalls: "Desk's rules send the secret as a password",
    laterWork: 'Desk answers when it is done',
  },
  start: async ({ pageSize }) => {
    const clock = movableClock();
    const local = await startDesk({
      now: clock.now,
      rateLimitPerMinute: 100_000,
      ...(pageSize === undefined ? {} : { maxPageSize: pageSize }),
    });
    const ear = await listenTo(deskHook.path);
    const again = () => createDesk({ url: local.url, auth: { kind: 'basic', ...local }, clock });
    const subject: Subject = {
      desk: again(),
      again,
      clock,
      newRecord,
      word: WORDS,
      people: people(local),
      server: look(local),
      faults: upsets(local.faults, {
        creates: (pair) => ({ method: 'POST', path: new RegExp(`/${PLURAL[pair]}$`) }),
        updates: (pair) => ({ method: 'PATCH', path: new RegExp(`/${PLURAL[pair]}/\\d+$`) }),
        notes: { method: 'POST', path: /\/notes$/ },
      }),
      hook: deskHook,
      hear: async () => {
        const secret = 'a secret of the kit';
        local.customActions.push({ url: ear.url, user: 'desk', password: secret, template: CALL });
        return { secret, calls: ear.calls, tells: ['case'] };
      },
      close: async () => {
        await local.close();
        await ear.close();
      },
    };
    return subject;
  },
};

function newRecord(pair: PairKind, word: string, parentId = ''): DeskChanges {
  if (pair === 'company') return { name: word };
  if (pair === 'customer') return { lastName: word };
  return { subject: word, status: 'open', type: 'email', message: `Hello: ${word}`, customerId: parentId };
}

/** Agents at work, by the API, and customers who write. */
function people(local: LocalDesk): People {
  const { state } = local;
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${local.url}/api/v2/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${local.email}:${local.password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as { readonly id: number };
  };
  const customer = async () => String((await call('POST', 'customers', { last_name: 'Somebody' })).id);
  let somebody: Promise<string> | undefined;
  const bodyOf = async (pair: PairKind, word: string, parentId?: string) => {
    if (pair === 'company') return { name: word };
    if (pair === 'customer') return { last_name: word };
    const owner = parentId ?? (await (somebody ??= customer()));
    return {
      subject: word,
      type: 'email',
      status: 'open',
      message: { direction: 'in', status: 'received', body: `Hello: ${word}` },
      _links: { customer: { href: `/api/v2/customers/${owner}`, class: 'customer' } },
    };
  };
  let spoilt = 0;
  let fields = 0;
  return {
    make: async (pair, word, parentId) =>
      String((await call('POST', PLURAL[pair], await bodyOf(pair, word, parentId))).id),
    change: async (pair, id, word) =>
      void (await call('PATCH', `${PLURAL[pair]}/${id}`, { [WORD[pair]]: word })),
    delete: async (pair, id) => {
      if (pair === 'case') return void (await call('PATCH', `cases/${id}`, { status: 'deleted' }));
      // The API cannot; who is an administrator can.
      const table: { readonly id: number }[] = state.tables[PLURAL[pair]];
      table.splice(
        table.findIndex((one) => String(one.id) === id),
        1,
      );
    },
    merge: () => assert.fail(NO_MERGE),
    spoil: async (pair, id) => {
      const record = recordOf(local, pair, id) ?? assert.fail();
      spoilt += 1;
      // Something that no agent can do: it needs a look into the site.
      state.change(record, { [WORD[pair]]: `Spoilt ${spoilt}` });
      const field = { company: 'name', customer: 'phone_numbers', case: 'status' }[pair];
      Object.assign(record, { [field]: { spoilt } });
    },
    note: async (id, body) => void (await call('POST', `cases/${id}/notes`, { body })),
    reply: async (id, direction, body) =>
      void (await call('POST', `cases/${id}/replies`, {
        direction,
        status: direction === 'in' ? 'received' : 'sent',
        body,
      })),
    draft: async (id, body) =>
      void (await call('POST', `cases/${id}/replies`, { direction: 'out', status: 'draft', body })),
    addField: async (pair, { label, type, choices, active = true }) => {
      fields += 1;
      const name = `field_${fields}`;
      const data = { type, ...(choices ? { choices } : {}) };
      await call('POST', 'custom_fields', { name, label, type: OWNER[pair], active, data });
      return name;
    },
    useUp: async (requests) => {
      for (let made = 0; made < requests; made += 1) await call('GET', 'users/me');
    },
  };
}

function recordOf({ state }: LocalDesk, pair: PairKind, id: string) {
  return state.tables[PLURAL[pair]].find((one) => String(one.id) === id);
}

/** What a record is called in Desk. */
function wordOf(record: object, pair: PairKind): string | null {
  const word = new Map<string, unknown>(Object.entries(record)).get(WORD[pair]);
  return typeof word === 'string' ? word : null;
}

function look(local: LocalDesk): ServerLook {
  const { tables } = local.state;
  const isThere = (record: object) => !('status' in record && record.status === 'deleted');
  const text = (id: number | null) => (id === null ? null : String(id));
  return {
    sees: (pair, id) => {
      const record = recordOf(local, pair, id);
      if (!record || !isThere(record)) return null;
      return {
        word: wordOf(record, pair),
        externalId: 'external_id' in record ? record.external_id : null,
        parentId: text(
          'company_id' in record ? record.company_id : 'customer_id' in record ? record.customer_id : null,
        ),
        whole: JSON.stringify(record),
      };
    },
    count: (pair, word) =>
      tables[PLURAL[pair]].filter((one) => isThere(one) && wordOf(one, pair) === word).length,
    said: (id) => {
      const found = tables.cases.find((one) => String(one.id) === id) ?? assert.fail(`no case ${id}`);
      return {
        notes: found.notes.map(({ body }) => body),
        replies: found.replies.map(({ direction, body }) => ({ direction, body })),
      };
    },
    calls: () => local.calls.length,
    refused: () => local.rateLimit.refused,
    emailed: () => local.state.emailsSent.length,
    lagBehind: (ms) => {
      local.searchLagMs = ms;
    },
    limitTo: (perMinute) => {
      local.rateLimit.perMinute = perMinute;
    },
  };
}
