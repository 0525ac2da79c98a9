import type { DeskKind } from '@desk-connect/bridge/core/vocabulary/vocabulary.js';
import type { HelpDesk } from '@desk-connect/bridge/ports/helpDesk.js';
import type { Fault, Faults } from '../faults.ts';

/** A help desk with people at work in it, whichever it is. Ids are texts; statuses and priorities its own words. */
export type DeskSide = {
  readonly kind: DeskKind;
  readonly title: string;
  readonly url: string;
  /** What the environment of a bridge says of it, without the address. */
  readonly environment: Readonly<Record<string, string>>;
  /** What no output may hold, by its name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** How somebody logs in to its API by hand. */
  readonly logIn: string;
  readonly words: Words;
  readonly people: People;
  readonly held: Held;
  readonly faults: Faults;
  readonly requests: Requests;
  /** The adapter of it, or of a proxy before it. */
  open(signal: AbortSignal, url?: string): HelpDesk;
  /** The e-mails that it would have sent to anybody; people's own work sends none here. */
  emailed(): readonly object[];
  /** Requests that were refused for the limit of all of them. */
  refused(): number;
  close(): Promise<void>;
};

export type Words = {
  /** Of a Case in Salesforce for one of the desk's. */
  readonly statusInSalesforce: (status: string) => string | undefined;
  readonly priorityInSalesforce: (priority: Priority) => string;
  /** What people set, apart from what is for good. */
  readonly statuses: readonly string[];
  readonly priorities: readonly Priority[];
  readonly high: Priority;
  readonly medium: Priority;
  readonly low: Priority;
  readonly resolved: string;
  /** A field of a contact that is the same text on both sides. */
  readonly contactField: 'Title' | 'Description';
  /** Where a contact has the number that somebody carries with him. */
  readonly phoneField: 'MobilePhone' | 'Phone';
};
export type Priority = number | string | null;
export type Direction = 'in' | 'out';

type CustomerFields = {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly companyId?: string;
};
type CaseFields = {
  readonly subject?: string;
  readonly status?: string;
  readonly priority?: Priority;
  readonly customerId?: string;
};
export type NewCase = CaseFields & {
  readonly subject: string;
  readonly customerId: string;
  /** What the customer wrote. */
  readonly message?: string;
  /** By e-mail where it is not said. */
  readonly channel?: 'email' | 'phone' | 'chat';
};

/** What those do who work there, and what customers write. What they make they get the id of. */
export type People = {
  company(name: string): Promise<string>;
  customer(fields: CustomerFields & { readonly lastName: string }): Promise<string>;
  case(fields: NewCase): Promise<string>;
  changeCompany(id: string, name: string): Promise<void>;
  changeCustomer(id: string, fields: CustomerFields): Promise<void>;
  changeCase(id: string, fields: CaseFields): Promise<void>;
  deleteCase(id: string): Promise<void>;
  note(caseId: string, body: string): Promise<void>;
  reply(caseId: string, direction: Direction, body: string): Promise<void>;
};

/** What is there, for whoever compares it; looking costs no request. */
export type Held = {
  companies(): readonly HeldCompany[];
  customers(): readonly HeldCustomer[];
  cases(): readonly HeldCase[];
};
export type HeldCompany = { readonly id: string; readonly externalId: string | null; readonly name: string };
export type HeldCustomer = {
  readonly id: string;
  readonly externalId: string | null;
  readonly firstName: string | null;
  readonly lastName: string;
  readonly email: string | null;
  readonly companyId: string | null;
  readonly phone: string | null;
  /** What its contact has for a description. */
  readonly text: string | null;
  /** Fields that its contact has the same text in. */
  readonly inContact: Readonly<Record<string, string | null>>;
};
export type Message = { readonly direction: Direction; readonly body: string };
export type HeldCase = {
  readonly id: string;
  readonly externalId: string | null;
  readonly subject: string;
  readonly status: string;
  readonly priority: Priority;
  readonly isEmail: boolean;
  readonly customerId: string;
  readonly notes: readonly string[];
  readonly first: Message;
  readonly replies: readonly Message[];
};

/** How a bridge asks for what; nothing that people do matches. */
export type Requests = {
  readonly creation: Fault['match'];
  readonly changeOf: (caseId: string) => Fault['match'];
  readonly note: Fault['match'];
  readonly reply: Fault['match'];
  readonly search: Fault['match'];
  readonly customer: Fault['match'];
};
