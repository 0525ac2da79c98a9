import type { CustomField } from './customFields.ts';
import { Finder } from './finder.ts';

export type TypedValue = { readonly type: string; readonly value: string };
type Stamped = { readonly id: number; created_at: string; updated_at: string };

export type Company = Stamped & { name: string; domains: string[]; custom_fields: Record<string, unknown> };
export type Customer = Stamped & {
  first_name: string | null;
  last_name: string | null;
  title: string | null;
  background: string | null;
  external_id: string | null;
  language: string | null;
  emails: TypedValue[];
  phone_numbers: TypedValue[];
  addresses: TypedValue[];
  custom_fields: Record<string, unknown>;
  company_id: number | null;
};
export type Message = Stamped & {
  direction: 'in' | 'out';
  status: string;
  subject: string | null;
  body: string;
  to: string | null;
  from: string | null;
  cc: string | null;
  bcc: string | null;
};
export type Note = Stamped & { body: string };
export type Case = Stamped & {
  external_id: string | null;
  subject: string;
  description: string | null;
  status: string;
  priority: number;
  type: string;
  labels: string[];
  language: string | null;
  custom_fields: Record<string, unknown>;
  changed_at: string;
  received_at: string | null;
  opened_at: string | null;
  first_opened_at: string | null;
  resolved_at: string | null;
  first_resolved_at: string | null;
  customer_id: number;
  assigned_user_id: number | null;
  assigned_group_id: number | null;
  message: Message;
  replies: Message[];
  notes: Note[];
};
export type IntegrationUrl = Stamped & {
  name: string;
  description: string | null;
  enabled: boolean;
  /** Liquid. */
  markup: string;
};
export type Tables = {
  companies: Company[];
  customers: Customer[];
  cases: Case[];
  labels: { id: number; name: string }[];
  customFields: CustomField[];
  integrationUrls: IntegrationUrl[];
};

const lower = (text: string) => text.trim().toLowerCase();
/** What records are found by, besides their ids. */
export const KEY = {
  externalId: (id: string) => `external id ${id}`,
  name: (name: string) => `name ${lower(name)}`,
  domain: (domain: string) => `domain ${domain}`,
  email: (email: string) => `email ${lower(email)}`,
} as const;
const externalIdOf = ({ external_id: id }: { readonly external_id: string | null }) =>
  id === null ? [] : [KEY.externalId(id)];

/** Everything that a Desk site holds. */
export class DeskState {
  readonly tables: Tables = {
    companies: [],
    customers: [],
    cases: [],
    labels: [],
    customFields: [],
    integrationUrls: [],
  };
  readonly companies = new Finder<Company>(
    () => this.tables.companies,
    ({ name, domains }) => [KEY.name(name), ...domains.map(KEY.domain)],
  );
  readonly customers = new Finder<Customer>(
    () => this.tables.customers,
    (customer) => [...externalIdOf(customer), ...customer.emails.map(({ value }) => KEY.email(value))],
  );
  readonly cases = new Finder<Case>(() => this.tables.cases, externalIdOf);
  readonly now: () => number;
  /** When each record was last written, in ms: the search index lags behind it. */
  readonly writtenAt = new Map<object, number>();
  /** Messages that Desk would have sent to somebody. */
  readonly emailsSent: { caseId: number; body: string }[] = [];
  /** Told after each write what was written, to save it. */
  onWrite: (record: object) => void = () => undefined;
  nextId = 1;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Desk's times have no fractions of a second. */
  time(): string {
    return `${new Date(this.now()).toISOString().slice(0, 19)}Z`;
  }

  stamps(): Stamped {
    const time = this.time();
    return { id: this.nextId++, created_at: time, updated_at: time };
  }

  add<T extends object>(table: T[], record: T): T {
    table.push(record);
    this.#touch(record);
    return record;
  }

  /** Puts back what was saved. */
  load({ nextId, tables }: { readonly nextId: number; readonly tables: Tables }): void {
    Object.assign(this.tables, tables);
    this.nextId = nextId;
    for (const one of [...tables.companies, ...tables.customers, ...tables.cases]) this.#find(one);
  }

  #touch(record: object): void {
    this.#find(record);
    this.writtenAt.set(record, this.now());
    this.onWrite(record);
  }

  #find(record: object): void {
    if ('domains' in record) this.companies.put(record as Company);
    else if ('emails' in record) this.customers.put(record as Customer);
    else if ('customer_id' in record) this.cases.put(record as Case);
  }

  /** Applies changes; only a real one moves the time of the last update. */
  change<T extends Stamped>(record: T, changes: Partial<T>): void {
    const before = JSON.stringify(record);
    Object.assign(record, changes);
    if (JSON.stringify(record) === before) return;
    record.updated_at = this.time();
    if ('changed_at' in record) Object.assign(record, { changed_at: record.updated_at });
    this.#touch(record);
  }
}
