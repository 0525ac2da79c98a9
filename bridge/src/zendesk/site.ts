import { z } from 'zod';
import type { PairKind } from '../core/pair.ts';
import type { DeskCustomField } from '../core/config/describes.ts';
import { readFields } from './fields.ts';
import type { ZendeskHttp } from './http.ts';
import { KnownTickets } from './knownTickets.ts';
import { KnownUsers } from './knownUsers.ts';
import { id, read } from './schemas.ts';
import type { TakesSeveral } from './writeBody.ts';

/** Who adds an option or a field waits so long until it is written by its type. */
const FRESH_MS = 10 * 60_000;

type Asked = {
  readonly read: Promise<readonly DeskCustomField[]>;
  /** Null until it is answered. */ at: number | null;
};

/** One account of Zendesk, with what is asked of it once and needed often. */
export class Site {
  readonly http: ZendeskHttp;
  readonly tickets = new KnownTickets();
  readonly users = new KnownUsers();
  /** Bulk creation of users may be off for an account. */
  makesUsersByJob = true;
  #me: Promise<number> | null = null;
  readonly #fields = new Map<PairKind, Asked>();

  constructor(http: ZendeskHttp) {
    this.http = http;
  }

  /** The id of the agent who calls. */
  me(): Promise<number> {
    this.#me ??= this.#askWhoCalls().catch((error: unknown) => {
      this.#me = null;
      throw error;
    });
    return this.#me;
  }

  async #askWhoCalls(): Promise<number> {
    const { body } = await this.http.get('users/me');
    return Number(read(z.object({ user: z.object({ id }) }), body).user.id);
  }

  /** The custom fields of a kind; those who ask at the same time share one request. */
  fields(pair: PairKind, freshMs = 0): Promise<readonly DeskCustomField[]> {
    const known = this.#fields.get(pair);
    if (known && (known.at === null || this.http.now() - known.at < freshMs)) return known.read;
    const asked: Asked = { read: readFields(this.http, pair), at: null };
    this.#fields.set(pair, asked);
    asked.read.then(
      () => {
        asked.at = this.http.now();
      },
      () => this.#fields.delete(pair),
    );
    return asked.read;
  }

  /** Which custom fields take several options. Asks only where such fields are written. */
  async takesSeveral(
    pair: PairKind,
    writes: readonly { readonly changes: { readonly customFields?: object } }[],
  ): Promise<TakesSeveral> {
    if (writes.every(({ changes }) => changes.customFields === undefined)) return () => false;
    const written = writes.flatMap(({ changes }) => Object.keys(changes.customFields ?? {}));
    const known = await this.fields(pair, FRESH_MS);
    // One that is not among them may have been added since.
    const isKnown = written.every((key) => known.some((field) => field.key === key));
    const fields = isKnown ? known : await this.fields(pair);
    const several = new Set(fields.filter(({ type }) => type === 'multi').map(({ key }) => key));
    return (key) => several.has(key);
  }
}
