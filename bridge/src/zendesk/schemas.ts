import * as z from 'zod';
import type { PairKind } from '../core/pair.ts';
import type { Value } from '../core/values.ts';
import type { DeskRecord } from '../ports/helpDesk.ts';
import { asJson, inShape, someText, time } from '../http/shapes.ts';
import { isEmailChannel } from './channels.ts';
import { firstMessageOf } from './firstMessage.ts';
import type { Listed } from './listed.ts';

export const id = z.union([z.int().positive(), z.string().regex(/^\d{1,18}$/)]).transform(String);
const someId = id.nullable().optional();
/** What is no plain value is kept as its text: taken for empty, it would be emptied on the other side. */
const customValue = z
  .unknown()
  .transform((value): Value =>
    typeof value === 'string' || typeof value === 'boolean'
      ? value
      : typeof value === 'number'
        ? String(value)
        : value === null || value === undefined
          ? null
          : textOf(value),
  );
const byKey = z.record(z.string(), customValue).nullable().optional();

/** Several options are one text. */
const textOf = (value: unknown) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(';') : asJson(value);

/** Where a message came from, or went to. */
const place = z.object({ address: someText }).nullable().optional();
export const source = z.object({ from: place, to: place }).nullable().optional();
/** How a message came, as far as it matters whose it is. */
export type Via = { readonly source?: z.infer<typeof source> } | null | undefined;

const organization = z.object({
  id,
  updated_at: time,
  external_id: someText,
  name: z.string(),
  domain_names: z.array(z.string()).nullable().optional(),
  organization_fields: byKey,
});
const user = z.object({
  id,
  updated_at: time,
  external_id: someText,
  name: z.string(),
  email: someText,
  phone: someText,
  notes: someText,
  organization_id: someId,
  user_fields: byKey,
});
const ticket = z.object({
  id,
  created_at: someText,
  updated_at: time,
  external_id: someText,
  subject: someText,
  description: someText,
  status: z.string(),
  priority: someText,
  requester_id: someId,
  submitter_id: someId,
  via: z
    .object({
      channel: z.union([z.string(), z.number()]).nullable().optional(),
      source,
    })
    .nullable()
    .optional(),
  custom_fields: z
    .array(z.object({ id, value: customValue.optional() }))
    .nullable()
    .optional(),
  comment_count: z.number().optional(),
});
export type TicketBody = z.infer<typeof ticket>;

const person = z.object({ id, email: someText, role: someText });
/** A user who stands beside tickets or comments. */
export type Person = { readonly id: string; readonly email: string | null; readonly isEndUser: boolean };

/** The names of a kind of record in Zendesk, alone and as a list. */
export const NAMES: Readonly<
  Record<PairKind, { readonly one: 'organization' | 'user' | 'ticket'; readonly many: string }>
> = {
  company: { one: 'organization', many: 'organizations' },
  customer: { one: 'user', many: 'users' },
  case: { one: 'ticket', many: 'tickets' },
};

const identified = z.object({ id, updated_at: z.string().optional().catch(undefined) });
const gone = z.object({
  id,
  deleted_at: someText,
  active: z.boolean().optional(),
  status: someText,
  role: someText,
});

/** A list as Zendesk answers it: its records by kind, and the people beside them. */
export function entriesIn(
  pair: PairKind,
  body: unknown,
  name = NAMES[pair].many,
): { entries: unknown[]; people: Map<string, Person> } {
  const list = read(z.object({ [name]: z.array(z.unknown()) }), body);
  return { entries: list[name] ?? [], people: pair === 'case' ? peopleIn(body) : new Map() };
}

export function peopleIn(body: unknown): Map<string, Person> {
  const { users } = z
    .object({ users: z.array(person).catch([]) })
    .catch({ users: [] })
    .parse(body);
  return new Map(
    users.map((one) => [
      one.id,
      { id: one.id, email: one.email ?? null, isEndUser: one.role === 'end-user' },
    ]),
  );
}

/** Whether a record is deleted, or merged into another one; its id. Null where it is there. */
export function goneId(entry: unknown): string | null {
  const { data: found } = gone.safeParse(entry);
  if (!found) return null;
  const isGone =
    (typeof found.deleted_at === 'string' && found.deleted_at !== '') ||
    found.active === false ||
    found.status === 'deleted';
  return isGone ? found.id : null;
}

/** Whether a user is an agent or an administrator. */
export function isStaff(entry: unknown): boolean {
  const role = gone.safeParse(entry).data?.role;
  return role === 'agent' || role === 'admin';
}

/** Records as far as they can be read; the others are known by their id alone, and kept out of nobody's way. */
export function recordsFrom(pair: PairKind, body: unknown, name = NAMES[pair].many): Listed {
  const records: DeskRecord[] = [];
  const unreadable: { id: string; seen: string }[] = [];
  const goneIds: string[] = [];
  const staff: string[] = [];
  const { entries, people } = entriesIn(pair, body, name);
  for (const entry of entries) {
    const missing = goneId(entry);
    if (missing !== null) {
      goneIds.push(missing);
      continue;
    }
    try {
      const record = recordFrom(pair, entry, people);
      if (pair === 'customer' && isStaff(entry)) staff.push(record.id);
      else records.push(record);
    } catch (error) {
      const { data } = identified.safeParse(entry);
      if (!data) throw error;
      // Lists, exports and searches show one state in different ways.
      unreadable.push({ id: data.id, seen: data.updated_at ?? asJson(entry) });
    }
  }
  return { records, unreadable, gone: goneIds, staff };
}

/** Reads one record; fields that are not known are ignored. */
export function recordFrom(
  pair: PairKind,
  body: unknown,
  people: ReadonlyMap<string, Person> = new Map(),
): DeskRecord {
  switch (pair) {
    case 'company': {
      const found = read(organization, body);
      return {
        pair,
        id: found.id,
        updatedAt: found.updated_at,
        customFields: found.organization_fields ?? {},
        externalId: found.external_id ?? null,
        name: found.name,
        domains: found.domain_names ?? [],
      };
    }
    case 'customer': {
      const found = read(user, body);
      return {
        pair,
        id: found.id,
        updatedAt: found.updated_at,
        customFields: found.user_fields ?? {},
        externalId: found.external_id ?? null,
        firstName: null,
        lastName: found.name,
        title: null,
        background: found.notes ?? null,
        // The others are read only where they are written: they would cost a request for each user.
        emails: found.email ? [{ type: 'work', value: found.email }] : [],
        phones: found.phone ? [{ type: 'work', value: found.phone }] : [],
        companyId: found.organization_id ?? null,
      };
    }
    case 'case': {
      const found = read(ticket, body);
      const channel = String(found.via?.channel ?? 'api');
      const firstMessage = firstMessageOf(found, people);
      return {
        pair,
        id: found.id,
        updatedAt: found.updated_at,
        customFields: Object.fromEntries(
          (found.custom_fields ?? []).map(({ id: key, value = null }) => [key, value]),
        ),
        externalId: found.external_id ?? null,
        subject: found.subject ?? null,
        description: found.description ?? null,
        status: found.status,
        priority: found.priority ?? null,
        type: channel,
        isEmail: isEmailChannel(channel),
        customerId: found.requester_id ?? null,
        // Without a count, each change of the ticket may be one of its conversation.
        conversation: found.comment_count === undefined ? found.updated_at : String(found.comment_count),
        ...(firstMessage ? { firstMessage } : {}),
      };
    }
  }
}

export const read = <T>(schema: z.ZodType<T>, body: unknown) => inShape('Zendesk', schema, body);
