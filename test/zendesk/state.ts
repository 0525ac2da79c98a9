import type { App, Installation } from './apps.ts';
import type {
  CustomStatus,
  Field,
  Organization,
  Stamped,
  Ticket,
  Trigger,
  User,
  Webhook,
} from './records.ts';

export type Tables = {
  organizations: Organization[];
  users: User[];
  tickets: Ticket[];
  fields: Field[];
  customStatuses: CustomStatus[];
  triggers: Trigger[];
  automations: Trigger[];
  webhooks: Webhook[];
  apps: App[];
  installations: Installation[];
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
    automations: [],
    webhooks: [],
    apps: [],
    installations: [],
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
