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

export type Tables = {
  organizations: Organization[];
  users: User[];
  tickets: Ticket[];
  fields: Field[];
  customStatuses: CustomStatus[];
  triggers: Trigger[];
  webhooks: Webhook[];
};

/** An e-mail that Zendesk would have sent to somebody. */
export type Notification = {
  readonly to: string;
  /** The trigger's title, or what sends it without one. */
  readonly because: string;
  readonly ticketId: number | null;
  readonly subject: string;
};

/** Everything that a Zendesk account holds. */
export class ZendeskState {
  readonly tables: Tables = {
    organizations: [],
    users: [],
    tickets: [],
    fields: [],
    customStatuses: [],
    triggers: [],
    webhooks: [],
  };
  readonly next = { id: 9_000_000_001, ticket: 1 };
  readonly now: () => number;
  readonly notifications: Notification[] = [];
  /** When each record was last written, in ms: the search index lags behind it. */
  readonly writtenAt = new Map<object, number>();
  /** Told of each new record, and of each real change with what the record was before, as JSON. */
  onChange: (record: object, before: string | null) => void = () => undefined;
  /** Told after each write, to save it. */
  onWrite: () => void = () => undefined;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Zendesk's times have no fractions of a second. */
  time(): string {
    return `${new Date(this.now()).toISOString().slice(0, 19)}Z`;
  }

  stamps(id = this.next.id++): Stamped {
    const time = this.time();
    return { id, created_at: time, updated_at: time, generated: this.#seconds() };
  }

  add<T extends object>(table: T[], record: T): T {
    table.push(record);
    this.#wrote(record);
    this.onChange(record, null);
    return record;
  }

  remove<T extends object>(table: T[], record: T): void {
    table.splice(table.indexOf(record), 1);
    this.onWrite();
  }

  /** The system touches it: exports show it again, and `updated_at` stays. */
  touch<T extends Stamped>(record: T, changes: Partial<T> = {}): void {
    Object.assign(record, changes, { generated: this.#seconds() });
    this.#wrote(record);
  }

  /** Applies changes; only a real one moves the time of the last update. True if there was one. */
  change<T extends Stamped>(record: T, changes: Partial<T>): boolean {
    const before = JSON.stringify(record);
    Object.assign(record, changes);
    if (JSON.stringify(record) === before) return false;
    record.updated_at = this.time();
    this.touch(record);
    this.onChange(record, before);
    return true;
  }

  #wrote(record: object): void {
    this.writtenAt.set(record, this.now());
    this.onWrite();
  }

  #seconds(): number {
    return Math.floor(this.now() / 1_000);
  }
}
