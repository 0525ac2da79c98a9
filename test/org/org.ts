import { Access, ACCESS_OBJECTS } from './access/access.ts';
import { followProfile } from './access/profiles.ts';
import type { App } from './auth/oauth.ts';
import { Limits } from './auth/limits.ts';
import { Sessions } from './auth/sessions.ts';
import { Faults } from '../support/faults.ts';
import { RecordStore, type Change, type Transaction } from './records/recordStore.ts';
import { normalise, type Fields } from './records/validate.ts';
import { Schema } from './schema/schema.ts';
import type { ObjectSchema } from './schema/types.ts';
import { standardObjects } from './schema/standardObjects.ts';
import type { Row } from './soql/resolve.ts';
import { seed } from './seed.ts';

export type Call = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
};
export type Features = {
  changeEvents: boolean;
  platformEvents: boolean;
  /** Lightning components can be deployed, rather than installed with a package only. */
  components: boolean;
  /** Custom metadata types can be deployed, rather than installed with a package only. */
  customMetadata: boolean;
  /** Limits of flows of one type. */
  activeFlows: number;
  totalFlows: number;
};
/** A write that came over the API; `input` is null for a deletion, `id` for a creation. */
export type ApiWrite = {
  readonly object: ObjectSchema;
  readonly id: string | null;
  readonly input: Readonly<Record<string, unknown>> | null;
};
export type PlatformEvent = { readonly name: string; readonly fields: Fields; readonly userId: string };

/** One Salesforce org: its schema, records, users and what happens in it. Knows nothing of HTTP or gRPC. */
export class Org {
  readonly orgId = '00D9X0000000001UAA';
  readonly schema = new Schema(standardObjects());
  readonly records: RecordStore;
  readonly sessions = new Sessions(this.orgId);
  readonly limits: Limits;
  readonly faults = new Faults();
  /** Requests so far, for tests that count them. */
  readonly calls: Call[] = [];
  readonly apps = new Map<string, App>();
  readonly locators = new Map<string, readonly Row[]>();
  /** Metadata as deployed or as a new org has it: type, full name, file in Metadata API form. */
  readonly metadata = new Map<string, Map<string, Buffer>>();
  /** Told of each committed transaction and each published event, in order. */
  readonly listeners = {
    committed: [] as ((transaction: Transaction) => void)[],
    published: [] as ((event: PlatformEvent) => void)[],
  };
  /** Run within the transaction after each save. */
  readonly afterSave: ((change: Change, transaction: Transaction) => void)[] = [];
  /** Refuse what features of the org keep callers of the API from. */
  readonly apiChecks: ((write: ApiWrite) => void)[] = [];
  readonly now: () => number;
  /** What this edition and its add-ons have. */
  readonly features: Features = {
    changeEvents: true,
    platformEvents: true,
    components: true,
    customMetadata: true,
    activeFlows: 2_000,
    totalFlows: 4_000,
  };
  /** How long, in ms, a new app takes until it is known everywhere. */
  appDelayMs = 0;
  readonly #access = new Map<string, Access>();
  /** Where it is served; set once it is. */
  url = '';

  constructor(options: { now?: () => number; dailyApiRequests?: number } = {}) {
    this.now = options.now ?? Date.now;
    this.limits = new Limits(options.dailyApiRequests ?? 115_000);
    this.records = new RecordStore(this.schema, this.now);
    this.records.hooks.afterSave = (change, transaction) => {
      if (ACCESS_OBJECTS.has(change.object)) this.#access.clear();
      followProfile(this, change);
      this.afterSave.forEach((run) => run(change, transaction));
    };
    seed(this);
    this.records.hooks.committed = (transaction) =>
      this.listeners.committed.forEach((tell) => tell(transaction));
  }

  accessOf(userId: string): Access {
    const known = this.#access.get(userId) ?? new Access(this.records, this.metadata, userId);
    this.#access.set(userId, known);
    return known;
  }

  /** Publishes a platform event; the id of the publication comes back, as from the platform. */
  publish(name: string, input: Readonly<Record<string, unknown>>, userId: string): string {
    const object = this.schema.object(name);
    if (!object) throw new Error(`No event ${name}`);
    const given = normalise(this.schema, object, input);
    const missing = [...object.fields.values()].filter(
      (field) => field.required && (given[field.name] ?? null) === null,
    );
    const event = {
      name: object.name,
      fields: { ...Object.fromEntries([...object.fields.keys()].map((key) => [key, null])), ...given },
      userId,
    };
    if (missing.length > 0)
      throw new Error(`Required fields are missing: [${missing.map((field) => field.name).join(', ')}]`);
    this.listeners.published.forEach((tell) => tell(event));
    return 'e00xx0000000001AAA';
  }

  keepLocator(rows: readonly Row[]): string {
    const id = `01g9X${String(this.locators.size).padStart(10, '0')}`;
    this.locators.set(id, rows);
    return id;
  }

  /** The user of that name. */
  userId(username: string): string {
    const user = [...this.records.rows('User').values()].find((row) => row['Username'] === username);
    if (!user) throw new Error(`No user ${username}`);
    return user.Id;
  }
}
