import { urlOf, type Account } from './account.ts';
import { shownById, shownByKey } from './fieldValues.ts';
import { fieldsOf } from './fields.ts';
import { ANONYMOUS } from './auth.ts';
import { emailOf } from './identities.ts';
import { omit } from './input.ts';
import type {
  Audit,
  Comment,
  CustomStatus,
  Field,
  FieldOption,
  Identity,
  Organization,
  Ticket,
  Trigger,
  User,
  Webhook,
} from './records.ts';

const VIA_API = { channel: 'api', source: { from: {}, to: {}, rel: null } };

export function organizationBody(account: Account, organization: Organization) {
  return {
    ...omit(organization, 'generated', 'deleted_at'),
    url: urlOf(account, `organizations/${organization.id}`),
    group_id: null,
    shared_tickets: false,
    shared_comments: false,
    organization_fields: shownByKey(account.state, 'organization', organization.organization_fields),
  };
}

export function userBody(account: Account, user: User) {
  const shown = omit(user, 'generated', 'identities');
  const anonymous = user === ANONYMOUS;
  return {
    ...shown,
    id: anonymous ? null : user.id,
    url: urlOf(account, `users/${user.id}`),
    email: anonymous ? 'invalid@example.com' : emailOf(user),
    verified: user.identities.some((one) => one.type === 'email' && one.primary && one.verified),
    custom_role_id: null,
    default_group_id: null,
    iana_time_zone: 'America/New_York',
    last_login_at: null,
    locale_id: 1,
    moderator: user.role !== 'end-user',
    only_private_comments: false,
    photo: null,
    restricted_agent: user.role !== 'admin',
    role_type: null,
    shared: false,
    shared_agent: false,
    shared_phone_number: user.phone === null ? null : false,
    signature: null,
    ticket_restriction: user.role === 'end-user' ? 'requested' : null,
    two_factor_auth_enabled: null,
    user_fields: shownByKey(account.state, 'user', user.user_fields),
  };
}

export function identityBody(account: Account, user: User, identity: Identity) {
  return {
    ...omit(identity, 'generated'),
    url: urlOf(account, `users/${user.id}/identities/${identity.id}`),
    user_id: user.id,
    undeliverable_count: 0,
    deliverable_state: 'deliverable',
  };
}

/** A ticket as lists show it; a deleted one, which only exports show, has the status `deleted`. */
export function ticketBody(account: Account, ticket: Ticket) {
  const { generated, comments, channel, deleted_at, custom_fields } = ticket;
  const shown = omit(ticket, 'generated', 'comments', 'audits', 'channel', 'deleted_at', 'custom_fields');
  const values = shownById(account.state, custom_fields);
  return {
    ...shown,
    url: urlOf(account, `tickets/${ticket.id}`),
    via: { ...VIA_API, channel },
    raw_subject: ticket.subject,
    status: deleted_at === null ? ticket.status : 'deleted',
    recipient: null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    forum_topic_id: null,
    problem_id: null,
    has_incidents: false,
    is_public: comments.some((one) => one.public),
    due_at: null,
    custom_fields: values,
    fields: values,
    satisfaction_rating: null,
    sharing_agreement_ids: [],
    followup_ids: [],
    brand_id: null,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
    generated_timestamp: generated,
  };
}

export function commentBody({ id, author_id, body, audit_id, created_at, ...comment }: Comment) {
  const escaped = body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return {
    id,
    type: 'Comment',
    author_id,
    body,
    html_body: `<div class="zd-comment" dir="auto">${escaped.replaceAll('\n', '<br>')}</div>`,
    plain_body: body,
    public: comment.public,
    attachments: [],
    audit_id,
    via: VIA_API,
    created_at,
    metadata: { system: {}, custom: {} },
  };
}

export const auditBody = (ticket: Ticket, audit: Audit) => ({
  ...audit,
  ticket_id: ticket.id,
  metadata: { system: {}, custom: {} },
  via: VIA_API,
});

export const optionBody = ({ id, name, value }: FieldOption) => ({ id, name, raw_name: name, value });

export function fieldBody(account: Account, field: Field) {
  const { owner, system, options, regexp } = field;
  const common = {
    ...omit(field, 'generated', 'owner', 'system', 'options', 'regexp'),
    url: urlOf(account, `${owner}_fields/${field.id}`),
    raw_title: field.title,
    raw_description: field.description,
    regexp_for_validation: regexp,
    tag: null,
    position: fieldsOf(account.state, owner).indexOf(field),
    ...(options.length === 0 ? {} : { custom_field_options: options.map(optionBody) }),
  };
  if (owner !== 'ticket') return { ...omit(common, 'required'), system };
  return {
    ...omit(common, 'key'),
    removable: !system,
    collapsed_for_agents: false,
    title_in_portal: field.title,
    raw_title_in_portal: field.title,
    visible_in_portal: false,
    editable_in_portal: false,
    required_in_portal: false,
    agent_description: null,
  };
}

export const customStatusBody = (account: Account, status: CustomStatus) => ({
  ...omit(status, 'generated'),
  url: urlOf(account, `custom_statuses/${status.id}`),
  raw_agent_label: status.agent_label,
  raw_end_user_label: status.end_user_label,
  description: '',
  raw_description: '',
  end_user_description: '',
  raw_end_user_description: '',
});

export const triggerBody = (account: Account, trigger: Trigger) => ({
  ...omit(trigger, 'generated'),
  url: urlOf(account, `triggers/${trigger.id}`),
  raw_title: trigger.title,
  description: null,
  category_id: '1',
});

/** As a trigger, without a category. */
export const automationBody = (account: Account, automation: Trigger) => ({
  ...omit(automation, 'generated'),
  url: urlOf(account, `automations/${automation.id}`),
  raw_title: automation.title,
});

export const webhookBody = (webhook: Webhook) => ({
  ...omit(webhook, 'secret'),
  description: null,
  created_by: '-1',
  updated_by: '-1',
});
