import * as z from 'zod';
import { id, organization, RECORDS, text, ticket, time, url, user, words } from './zendeskShapes.ts';

const MANY: Readonly<Record<string, string>> = {
  identities: 'identity',
  custom_statuses: 'custom_status',
  job_statuses: 'job_status',
  deleted_users: 'user',
};
/** What stands beside the records of an answer. */
const BESIDE: Readonly<Record<string, z.ZodType>> = {
  count: z.union([z.int(), z.strictObject({ value: z.int(), refreshed_at: time.nullable() })]),
  next_page: url.nullable(),
  previous_page: url.nullable(),
  meta: z.looseObject({ has_more: z.boolean() }),
  links: z.strictObject({ prev: url.nullable(), next: url.nullable() }),
  after_url: url.nullable(),
  after_cursor: text,
  before_url: url.nullable(),
  before_cursor: text,
  end_of_stream: z.boolean(),
  end_time: z.int(),
  results: z.array(
    z.union([
      ticket.extend({ result_type: z.literal('ticket') }),
      user.extend({ result_type: z.literal('user') }),
      organization.extend({ result_type: z.literal('organization') }),
    ]),
  ),
  facets: z.null(),
  tags: words,
  settings: z.looseObject({}),
  signing_secret: z.strictObject({ algorithm: z.literal('SHA256'), secret: z.string() }),
  deleted_tickets: z.array(z.looseObject({ id, deleted_at: time })),
  organization_merge: z.looseObject({ id: z.string(), status: z.string() }),
  invocations: z.array(z.looseObject({ id: z.string() })),
  groups: z.array(z.looseObject({ id })),
};
const detail = z.strictObject({ description: z.string(), error: z.string().optional() });
const REFUSED = z.union([
  z.strictObject({
    error: z.string(),
    description: z.string().optional(),
    error_description: z.string().optional(),
    details: z.record(z.string(), z.array(detail)).optional(),
  }),
  z.strictObject({ error: z.strictObject({ title: z.string(), message: z.string() }) }),
  z.strictObject({ errors: z.array(z.strictObject({ code: z.string(), title: z.string() })) }),
]);

/** Holds an answer of Zendesk's API against the documented names and types. @throws ZodError */
export function checkShape(status: number, body: Readonly<Record<string, unknown>>): void {
  if (status >= 400) {
    REFUSED.parse(body);
    return;
  }
  for (const [name, value] of Object.entries(body)) {
    const one = MANY[name] ?? name.replace(/s$/, '');
    const list = RECORDS[name] === undefined ? RECORDS[one] : undefined;
    const shape = RECORDS[name] ?? BESIDE[name] ?? (list && z.array(list));
    if (!shape) throw new Error(`${name} is not a documented part of an answer`);
    shape.parse(value);
  }
}
