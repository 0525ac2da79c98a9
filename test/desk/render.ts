import type { Case, Company, Customer, Message, Note } from './state.ts';

const link = (path: string, kind: string, more: object = {}) => ({
  href: `/api/v2/${path}`,
  class: kind,
  ...more,
});
const optional = (id: number | null, path: string, kind: string) =>
  id === null ? null : link(`${path}/${id}`, kind);

/** A company as Desk shows it. */
export function companyBody({ id, name, domains, custom_fields, created_at, updated_at }: Company) {
  return {
    id,
    name,
    domains,
    created_at,
    updated_at,
    custom_fields,
    _links: {
      self: link(`companies/${id}`, 'company'),
      customers: link(`companies/${id}/customers`, 'customer'),
      cases: link(`companies/${id}/cases`, 'case'),
    },
  };
}

/** A customer as Desk shows it: without a company there is no link to one, not even an empty one. */
export function customerBody(customer: Customer) {
  const { company_id, ...fields } = customer;
  return {
    ...fields,
    locked_until: null,
    uid: null,
    avatar: null,
    _links: {
      self: link(`customers/${customer.id}`, 'customer'),
      cases: link(`customers/${customer.id}/cases`, 'case'),
      ...(company_id === null ? {} : { company: link(`companies/${company_id}`, 'company') }),
      facebook_user: null,
      twitter_user: null,
      locked_by: null,
    },
  };
}

const MESSAGE_CLASS: Readonly<Record<string, string>> = {
  twitter: 'tweet',
  facebook: 'facebook_post',
  qna: 'community_question',
};

export function caseBody(deskCase: Case) {
  const { customer_id, assigned_user_id, assigned_group_id, message, replies, notes, ...fields } = deskCase;
  const self = `cases/${deskCase.id}`;
  return {
    ...fields,
    blurb: message.body.slice(0, 250),
    locked_until: null,
    active_notes_count: notes.length,
    active_attachments_count: 0,
    has_pending_interactions: false,
    has_failed_interactions: false,
    route_status: null,
    _links: {
      self: link(self, 'case'),
      message: link(`${self}/message`, MESSAGE_CLASS[deskCase.type] ?? deskCase.type),
      customer: link(`customers/${customer_id}`, 'customer'),
      labels: link(`${self}/labels`, 'label'),
      assigned_user: optional(assigned_user_id, 'users', 'user'),
      assigned_group: optional(assigned_group_id, 'groups', 'group'),
      locked_by: null,
      history: link(`${self}/history`, 'history'),
      replies: link(`${self}/replies`, 'reply', { count: replies.length }),
      draft: link(`${self}/replies/draft`, 'draft'),
      notes: link(`${self}/notes`, 'note', { count: notes.length }),
      attachments: link(`${self}/attachments`, 'attachment', { count: 0 }),
    },
  };
}

export function messageBody(message: Message, deskCase: Case, path: string) {
  return {
    ...message,
    hidden: false,
    erased_at: null,
    sent_at: message.status === 'sent' ? message.created_at : null,
    _links: {
      self: link(`cases/${deskCase.id}/${path}`, deskCase.type),
      case: link(`cases/${deskCase.id}`, 'case'),
      customer: link(`customers/${deskCase.customer_id}`, 'customer'),
    },
  };
}

export function noteBody(note: Note, deskCase: Case) {
  return {
    ...note,
    erased_at: null,
    _links: {
      self: link(`cases/${deskCase.id}/notes/${note.id}`, 'note'),
      case: link(`cases/${deskCase.id}`, 'case'),
      user: link('users/1', 'user'),
    },
  };
}
