export type Stamped = {
  readonly id: number;
  created_at: string;
  updated_at: string;
  /** In seconds: when it last changed in any way, also where `updated_at` stays. */
  generated: number;
};
export type Role = 'end-user' | 'agent' | 'admin';

export type Organization = Stamped & {
  name: string;
  external_id: string | null;
  domain_names: string[];
  details: string | null;
  notes: string | null;
  tags: string[];
  organization_fields: Record<string, unknown>;
  deleted_at: string | null;
};

export type Identity = Stamped & {
  readonly type: 'email' | 'phone_number';
  value: string;
  verified: boolean;
  primary: boolean;
};

export type User = Stamped & {
  name: string;
  role: Role;
  external_id: string | null;
  organization_id: number | null;
  phone: string | null;
  alias: string | null;
  details: string | null;
  notes: string | null;
  locale: string;
  time_zone: string;
  tags: string[];
  suspended: boolean;
  /** False when it is deleted. */
  active: boolean;
  user_fields: Record<string, unknown>;
  identities: Identity[];
};

export type Comment = {
  readonly id: number;
  readonly author_id: number;
  readonly body: string;
  public: boolean;
  readonly created_at: string;
  readonly audit_id: number;
};
export type AuditEvent = { readonly id: number; readonly type: string } & Readonly<Record<string, unknown>>;
export type Audit = {
  readonly id: number;
  readonly author_id: number;
  readonly created_at: string;
  readonly events: AuditEvent[];
};
export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const;
export type Status = (typeof STATUSES)[number];
export type Ticket = Stamped & {
  subject: string | null;
  description: string;
  status: Status;
  custom_status_id: number;
  priority: 'urgent' | 'high' | 'normal' | 'low' | null;
  type: 'problem' | 'incident' | 'question' | 'task' | null;
  external_id: string | null;
  requester_id: number;
  submitter_id: number;
  assignee_id: number | null;
  group_id: number | null;
  organization_id: number | null;
  tags: string[];
  /** By the id of the field. */
  custom_fields: Record<string, unknown>;
  channel: string;
  comments: Comment[];
  audits: Audit[];
  deleted_at: string | null;
};

export type CustomStatus = Stamped & {
  status_category: Exclude<Status, 'closed'>;
  agent_label: string;
  end_user_label: string;
  active: boolean;
  readonly default: boolean;
};
export const FIELD_OWNERS = ['ticket', 'user', 'organization'] as const;
export type FieldOwner = (typeof FIELD_OWNERS)[number];
export type FieldOption = { readonly id: number; name: string; value: string };
export type Field = Stamped & {
  readonly owner: FieldOwner;
  readonly type: string;
  /** How the values of a user or an organization name it; tickets name their fields by id. */
  readonly key: string | null;
  title: string;
  description: string;
  active: boolean;
  /** Wanted before a ticket is solved. */
  required: boolean;
  regexp: string | null;
  /** A field of the product itself. */
  readonly system: boolean;
  options: FieldOption[];
};
export type Condition = { readonly field: string; readonly operator: string; readonly value: unknown };
export type Action = { readonly field: string; readonly value: unknown };
export type Trigger = Stamped & {
  title: string;
  active: boolean;
  readonly default: boolean;
  position: number;
  conditions: { readonly all: Condition[]; readonly any: Condition[] };
  actions: Action[];
};
export type Webhook = {
  readonly id: string;
  name: string;
  endpoint: string;
  http_method: string;
  request_format: string;
  status: 'active' | 'inactive';
  subscriptions: string[];
  secret: string;
  readonly created_at: string;
  updated_at: string;
};
