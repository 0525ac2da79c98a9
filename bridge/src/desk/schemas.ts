import { z } from 'zod';
import { messageId, type PairKind } from '../core/pair.ts';
import { asJson, inShape, someText, time } from '../http/shapes.ts';
import type { DeskInteraction, DeskRecord, FeedPage } from '../ports/helpDesk.ts';
import { markOf } from './mark.ts';

const link = z.object({ href: z.string().nullable() }).nullable().optional();
const typed = z.array(z.object({ type: z.string(), value: z.string() }));
const self = z.object({ href: z.string() });

/** What is no plain value is kept as its text: taken for empty, it would be emptied on the other side. */
const customValue = z
  .unknown()
  .transform((value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
      ? value
      : asJson(value),
  );

const customFields = z.record(z.string(), customValue).nullable().optional();

/** A record without an id of its own could be taken for any other. */
const itself = z.object({
  href: z.string().refine((href) => idOf(href) !== null, 'must end with an id'),
});
const identified = z.object({ _links: z.object({ self: itself }) });

const counted = z.object({ count: z.number().optional() }).nullable().optional();

const company = z.object({
  updated_at: time,
  custom_fields: customFields,
  name: z.string(),
  domains: z.array(z.string()).nullable().optional(),
  _links: z.object({ self: itself }),
});
const customer = z.object({
  updated_at: time,
  custom_fields: customFields,
  external_id: someText,
  first_name: someText,
  last_name: someText,
  title: someText,
  background: someText,
  emails: typed,
  phone_numbers: typed,
  _links: z.object({ self: itself, company: link }),
});
const deskCase = z.object({
  updated_at: time,
  custom_fields: customFields,
  external_id: someText,
  subject: someText,
  description: someText,
  status: z.string(),
  priority: z.coerce.number(),
  type: z.string(),
  _links: z.object({
    self: itself,
    customer: link,
    notes: counted,
    replies: counted,
  }),
  _embedded: z.object({ message: z.unknown().optional() }).optional(),
});
const pageSchema = z.object({
  total_entries: z.number(),
  _links: z.object({ next: link, last: link }),
  _embedded: z.object({ entries: z.array(z.unknown()) }),
});

/** The id at the end of a link; `_links.self` is a record's identity, older answers have no `id`. */
export function idOf(href: string | null | undefined): string | null {
  return /\/(\d{1,18})$/.exec(href ?? '')?.[1] ?? null;
}

/** Records as far as they can be read; the others are known by their id alone, and kept out of nobody's way. */
export function recordsFrom(
  pair: PairKind,
  entries: readonly unknown[],
): Pick<FeedPage, 'records' | 'unreadable'> {
  const records: DeskRecord[] = [];
  const unreadable: { id: string; seen: string }[] = [];
  for (const entry of entries) {
    try {
      records.push(recordFrom(pair, entry));
    } catch (error) {
      const known = identified.safeParse(entry);
      const id = idOf(known.data?._links.self.href);
      if (id === null) throw error;
      unreadable.push({ id, seen: asJson(entry) });
    }
  }
  return { records, unreadable };
}

/** Reads one record of Desk; fields that are not known are ignored. */
export function recordFrom(pair: PairKind, body: unknown): DeskRecord {
  switch (pair) {
    case 'company': {
      const found = read(company, body);
      return {
        pair,
        id: idOf(found._links.self.href) ?? '',
        updatedAt: found.updated_at,
        customFields: found.custom_fields ?? {},
        externalId: null,
        name: found.name,
        domains: found.domains ?? [],
      };
    }
    case 'customer': {
      const found = read(customer, body);
      return {
        pair,
        id: idOf(found._links.self.href) ?? '',
        updatedAt: found.updated_at,
        customFields: found.custom_fields ?? {},
        externalId: found.external_id ?? null,
        firstName: found.first_name ?? null,
        lastName: found.last_name ?? null,
        title: found.title ?? null,
        background: found.background ?? null,
        emails: found.emails,
        phones: found.phone_numbers,
        companyId: idOf(found._links.company?.href),
      };
    }
    case 'case': {
      const found = read(deskCase, body);
      const id = idOf(found._links.self.href) ?? '';
      const message = found._embedded?.message;
      return {
        pair,
        id,
        updatedAt: found.updated_at,
        customFields: found.custom_fields ?? {},
        externalId: found.external_id ?? null,
        subject: found.subject ?? null,
        description: found.description ?? null,
        status: found.status,
        priority: found.priority,
        type: found.type,
        isEmail: found.type === 'email',
        customerId: idOf(found._links.customer?.href),
        conversation: markOf({
          notes: found._links.notes?.count ?? 0,
          replies: found._links.replies?.count ?? 0,
        }),
        ...(message ? { firstMessage: interactionFrom(message, id) } : {}),
      };
    }
  }
}

const note = z.object({ body: z.string().nullable(), _links: z.object({ self: itself }) });

export function noteFrom(body: unknown): { id: string; body: string } {
  const found = read(note, body);
  return { id: idOf(found._links.self.href) ?? '', body: found.body ?? '' };
}

const interaction = z.object({
  direction: z.string().nullable().optional(),
  status: someText,
  subject: someText,
  body: someText,
  body_text: someText,
  from: someText,
  to: someText,
  created_at: someText,
  _links: z.object({ self }),
});

/** A message or reply. The first message is known by its case: not every answer of Desk has an id for it. */
export function interactionFrom(body: unknown, caseId: string): DeskInteraction {
  const found = read(interaction, body);
  return {
    id: idOf(found._links.self.href) ?? messageId(caseId),
    direction: found.direction === 'out' ? 'out' : 'in',
    subject: found.subject ?? null,
    body: found.body_text ?? found.body ?? '',
    from: found.from ?? null,
    to: found.to ?? null,
    at: found.created_at ?? null,
    unsent: found.status === 'draft' || found.status === 'failed',
  };
}

type Page = {
  readonly entries: unknown[];
  readonly more: boolean;
  /** Number of the last page. */
  readonly last: number;
  /** Entries of all pages. */
  readonly total: number;
};

/** A page of a list. */
export function pageFrom(body: unknown): Page {
  const { _embedded, _links, total_entries: total } = read(pageSchema, body);
  const last = Number(/[?&]page=(\d+)/.exec(_links.last?.href ?? '')?.[1] ?? '1');
  return { entries: _embedded.entries, more: Boolean(_links.next?.href), last, total };
}

const read = <T>(schema: z.ZodType<T>, body: unknown) => inShape('Desk', schema, body);
