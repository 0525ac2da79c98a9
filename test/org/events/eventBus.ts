import { randomUUID } from 'node:crypto';
import { changedObject } from '../metadata/apply/eventChannel.ts';
import type { Org } from '../org.ts';
import { avroValue, changeEventSchema, platformEventSchema, type EventSchema } from './avroSchemas.ts';
import { changeEvents } from './changeEvents.ts';

export type BusEvent = {
  readonly position: number;
  /** `CaseChangeEvent` or `Desk_Signal__e`. */
  readonly entity: string;
  /** Names of the channels that had selected it when it happened. */
  readonly channels: readonly string[];
  readonly schemaId: string;
  readonly payload: Buffer;
  readonly id: string;
  readonly at: number;
};

const RETENTION_MS = 72 * 3_600_000;

/** The events of an org, kept for 72 hours, in one order. */
export class EventBus {
  readonly #org: Org;
  readonly #schemas = new Map<string, EventSchema>();
  #events: BusEvent[] = [];
  #last = 0;
  /** Replay ids at or before it are refused, as after a migration of the org. */
  #forgotten = 0;
  readonly onEvent: (() => void)[] = [];

  constructor(org: Org) {
    this.#org = org;
    org.listeners.committed.push((transaction) => {
      for (const event of changeEvents(org, transaction))
        this.#add(event.entity, event.schema, event.payload);
    });
    org.listeners.published.push(({ name, fields, userId }) => {
      const object = org.schema.object(name);
      if (!object) return;
      const values = [...object.fields.values()].map((field) => [
        field.name,
        avroValue(field, fields[field.name] ?? null),
      ]);
      this.#add(name, platformEventSchema(object), {
        ...Object.fromEntries(values),
        CreatedDate: org.now(),
        CreatedById: userId,
      });
    });
  }

  #add(entity: string, schema: EventSchema, value: unknown): void {
    const rows = [...this.#org.records.rows('PlatformEventChannelMember').values()];
    const channels = rows
      .filter((row) => row['SelectedEntity'] === entity && row['IsDeleted'] !== true)
      .map((row) => String(row['EventChannel']));
    // Without a selection there are no change events; a platform event needs none.
    if (channels.length === 0 && !entity.endsWith('__e')) return;
    this.#schemas.set(schema.id, schema);
    this.#last += 1;
    const payload = schema.type.toBuffer(value);
    this.#events.push({
      position: this.#last,
      entity,
      channels,
      schemaId: schema.id,
      payload,
      id: randomUUID(),
      at: this.#org.now(),
    });
    this.onEvent.forEach((tell) => tell());
  }

  /** Delivers the newest events once more, the last one first: as new ones, with the ids that they had. */
  repeat(count: number): void {
    for (const event of this.#events.slice(-count).reverse()) {
      this.#last += 1;
      this.#events.push({ ...event, position: this.#last });
    }
    this.onEvent.forEach((tell) => tell());
  }

  /** Puts an event on a topic that was published as bytes. */
  publish(entity: string, schema: EventSchema, payload: Buffer): number {
    this.#add(entity, schema, schema.type.fromBuffer(payload));
    return this.#last;
  }

  get last(): number {
    return this.#last;
  }

  /** The position before the oldest event that is kept. */
  get earliest(): number {
    const from = this.#org.now() - RETENTION_MS;
    this.#events = this.#events.filter((event) => event.at >= from);
    return (this.#events[0]?.position ?? this.#last + 1) - 1;
  }

  /** Whether a subscription may continue after that position. */
  knows(position: number): boolean {
    return position >= this.#forgotten && position >= this.earliest && position <= this.#last;
  }

  /** Makes all positions so far unusable. */
  forget(): void {
    this.#forgotten = this.#last + 1;
    this.#last += 1;
  }

  after(position: number, topic: string, limit: number): BusEvent[] {
    const [, kind = '', name = ''] = topic.split('/');
    const channel = name === 'ChangeEvents' || name.endsWith('__chn');
    const wanted = (event: BusEvent) =>
      channel
        ? event.channels.includes(name)
        : event.entity === name && kind === (name.endsWith('__e') ? 'event' : 'data');
    const found: BusEvent[] = [];
    for (let index = this.#firstAfter(position); found.length < limit; index += 1) {
      const event = this.#events[index];
      if (!event) break;
      if (wanted(event)) found.push(event);
    }
    return found;
  }

  /** Where the events behind a position begin: they lie in the order of their positions. */
  #firstAfter(position: number): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.position ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  schema(id: string): EventSchema | undefined {
    return this.#schemas.get(id);
  }

  /** The schema of a topic of one entity; undefined for channels, and null where there is no such topic. */
  topicSchema(topic: string): EventSchema | null | undefined {
    const [, kind = '', name = ''] = topic.split('/');
    if (kind === 'data' && name === 'ChangeEvents') return undefined;
    if (name.endsWith('__chn'))
      return this.#org.metadata.get('PlatformEventChannel')?.has(name) ? undefined : null;
    const object = this.#org.schema.object(kind === 'event' ? name : (changedObject(name) ?? ''));
    if (!object) return null;
    const schema = kind === 'event' ? platformEventSchema(object) : changeEventSchema(object);
    this.#schemas.set(schema.id, schema);
    return schema;
  }
}
