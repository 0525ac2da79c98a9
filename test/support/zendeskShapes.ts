import * as z from 'zod';

export const id = z.int().positive();
export const url = z.url();
export const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
export const words = z.array(z.string());
const ids = z.array(id);
export const text = z.string().nullable();
const stamps = { id, url, created_at: time, updated_at: time };
const via = z.strictObject({ channel: z.string(), source: z.looseObject({}) });
const option = z.strictObject({ id, name: z.string(), raw_name: z.string(), value: z.string() });

export const organization = z.strictObject({
  ...stamps,
  name: z.string().min(1),
  external_id: text,
  domain_names: words,
  details: text,
  notes: text,
  group_id: id.nullable(),
  shared_tickets: z.boolean(),
  shared_comments: z.boolean(),
  tags: words,
  organization_fields: z.record(z.string(), z.unknown()),
  /** Exports alone have it. */
  deleted_at: time.nullable().optional(),
});

export const user = z.strictObject({
  ...stamps,
  id: id.nullable(),
  created_at: z.union([time, z.literal('')]),
  updated_at: z.union([time, z.literal('')]),
  active: z.boolean(),
  alias: text,
  authenticity_token: text.optional(),
  custom_role_id: id.nullable(),
  default_group_id: id.nullable(),
  details: text,
  email: z.email().nullable(),
  external_id: text,
  iana_time_zone: z.string(),
  last_login_at: time.nullable(),
  locale: z.string(),
  locale_id: id,
  moderator: z.boolean(),
  name: z.string().min(1),
  notes: text,
  only_private_comments: z.boolean(),
  organization_id: id.nullable(),
  phone: text,
  photo: z.null(),
  restricted_agent: z.boolean(),
  role: z.enum(['end-user', 'agent', 'admin']),
  role_type: z.int().nullable(),
  shared: z.boolean(),
  shared_agent: z.boolean(),
  shared_phone_number: z.boolean().nullable(),
  signature: text,
  suspended: z.boolean(),
  tags: words,
  ticket_restriction: text,
  time_zone: z.string(),
  two_factor_auth_enabled: z.boolean().nullable(),
  user_fields: z.record(z.string(), z.unknown()),
  verified: z.boolean(),
});

const identity = z.strictObject({
  ...stamps,
  user_id: id,
  type: z.enum(['email', 'phone_number']),
  value: z.string().min(1),
  verified: z.boolean(),
  primary: z.boolean(),
  undeliverable_count: z.int(),
  deliverable_state: z.string(),
});

const values = z.array(z.strictObject({ id, value: z.unknown() }));
export const ticket = z.strictObject({
  ...stamps,
  external_id: text,
  type: z.enum(['problem', 'incident', 'question', 'task']).nullable(),
  subject: text,
  raw_subject: text,
  description: z.string(),
  priority: z.enum(['urgent', 'high', 'normal', 'low']).nullable(),
  status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted']),
  custom_status_id: id,
  recipient: text,
  requester_id: id,
  submitter_id: id,
  assignee_id: id.nullable(),
  organization_id: id.nullable(),
  group_id: id.nullable(),
  collaborator_ids: ids,
  follower_ids: ids,
  email_cc_ids: ids,
  forum_topic_id: id.nullable(),
  problem_id: id.nullable(),
  has_incidents: z.boolean(),
  is_public: z.boolean(),
  due_at: time.nullable(),
  tags: words,
  custom_fields: values,
  fields: values,
  satisfaction_rating: z.null(),
  sharing_agreement_ids: ids,
  followup_ids: ids,
  brand_id: id.nullable(),
  allow_channelback: z.boolean(),
  allow_attachments: z.boolean(),
  from_messaging_channel: z.boolean(),
  generated_timestamp: z.int(),
  via,
  comment_count: z.int().optional(),
});

const comment = z.strictObject({
  id,
  type: z.literal('Comment'),
  author_id: id,
  body: z.string(),
  html_body: z.string(),
  plain_body: z.string(),
  public: z.boolean(),
  attachments: z.array(z.never()),
  audit_id: id,
  via,
  created_at: time,
  metadata: z.looseObject({}),
});

const audit = z.strictObject({
  id,
  ticket_id: id,
  author_id: id,
  created_at: time,
  events: z
    .array(z.looseObject({ id, type: z.enum(['Create', 'Change', 'Comment', 'Notification']) }))
    .min(1),
  metadata: z.looseObject({}),
  via,
});

const field = {
  ...stamps,
  type: z.string(),
  title: z.string(),
  raw_title: z.string(),
  description: z.string(),
  raw_description: z.string(),
  position: z.int(),
  active: z.boolean(),
  regexp_for_validation: text,
  tag: text,
  custom_field_options: z.array(option).optional(),
};
const ticketField = z.strictObject({
  ...field,
  required: z.boolean(),
  removable: z.boolean(),
  collapsed_for_agents: z.boolean(),
  title_in_portal: z.string(),
  raw_title_in_portal: z.string(),
  visible_in_portal: z.boolean(),
  editable_in_portal: z.boolean(),
  required_in_portal: z.boolean(),
  agent_description: text,
});
const keyedField = z.strictObject({ ...field, key: z.string(), system: z.boolean() });

const customStatus = z.strictObject({
  ...stamps,
  status_category: z.enum(['new', 'open', 'pending', 'hold', 'solved']),
  agent_label: z.string(),
  raw_agent_label: z.string(),
  end_user_label: z.string(),
  raw_end_user_label: z.string(),
  description: z.string(),
  raw_description: z.string(),
  end_user_description: z.string(),
  raw_end_user_description: z.string(),
  active: z.boolean(),
  default: z.boolean(),
});

const conditions = z.array(z.strictObject({ field: z.string(), operator: z.string(), value: z.unknown() }));
const trigger = z.strictObject({
  ...stamps,
  title: z.string(),
  raw_title: z.string(),
  description: text,
  active: z.boolean(),
  default: z.boolean(),
  position: z.int(),
  category_id: z.string(),
  conditions: z.strictObject({ all: conditions, any: conditions }),
  actions: z.array(z.strictObject({ field: z.string(), value: z.unknown() })),
});

const automation = trigger.omit({ description: true, category_id: true });

const webhook = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: text,
  endpoint: url,
  http_method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  request_format: z.enum(['json', 'xml', 'form_encoded']),
  status: z.enum(['active', 'inactive']),
  subscriptions: words,
  created_by: z.string(),
  updated_by: z.string(),
  created_at: time,
  updated_at: time,
});

const job = z.strictObject({
  id: z.string(),
  job_type: z.string(),
  url,
  total: z.int().nullable(),
  progress: z.int().nullable(),
  status: z.enum(['queued', 'working', 'failed', 'completed', 'killed']),
  message: text,
  results: z.array(z.looseObject({ index: z.int() })).nullable(),
});

/** The records of Zendesk as they are documented, by their names in answers. */
export const RECORDS: Readonly<Record<string, z.ZodType>> = {
  organization,
  user,
  identity,
  ticket,
  comment,
  audit,
  ticket_field: ticketField,
  user_field: keyedField,
  organization_field: keyedField,
  custom_field_option: option,
  custom_status: customStatus,
  trigger,
  automation,
  webhook,
  job_status: job,
};
