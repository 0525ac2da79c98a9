import type { Describes, SalesforceObjectDescribe } from '../core/config/describes.ts';
import { RequestFailed } from '../core/failure.ts';
import type { Org } from '../ports/org.ts';

/** How long what an object was like is believed: each describe costs a call, and an admin waits for what he grants. */
const GOOD_MS = 15 * 60_000;

/** Describes of objects as they were within the last quarter of an hour. */
export class WidgetDescribes {
  readonly #org: Pick<Org, 'describe'>;
  readonly #now: () => number;
  readonly #known = new Map<
    string,
    { readonly at: number; readonly found: Promise<SalesforceObjectDescribe | null> }
  >();

  constructor(org: Pick<Org, 'describe'>, now: () => number) {
    this.#org = org;
    this.#now = now;
  }

  /** By API name; an object that is not seen is absent. @throws RequestFailed */
  async of(objects: readonly string[]): Promise<Describes['salesforce']> {
    const found = await Promise.all(
      objects.map(async (object) => [object, await this.#one(object)] as const),
    );
    return Object.fromEntries(
      found.filter((entry): entry is [string, SalesforceObjectDescribe] => entry[1] !== null),
    );
  }

  /** A field was not there any more: all is asked for anew. */
  forget(): void {
    this.#known.clear();
  }

  #one(object: string): Promise<SalesforceObjectDescribe | null> {
    const known = this.#known.get(object);
    if (known && this.#now() < known.at + GOOD_MS) return known.found;
    const found = this.#org.describe(object).catch((error: unknown) => {
      if (error instanceof RequestFailed && error.failure.code === 'NOT_FOUND') return null;
      this.#known.delete(object);
      throw error;
    });
    this.#known.set(object, { at: this.#now(), found });
    return found;
  }
}
