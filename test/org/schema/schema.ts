import type { FieldSchema, ObjectSchema } from './types.ts';

/** All objects of an org, by name without regard to case. */
export class Schema {
  readonly #objects = new Map<string, ObjectSchema>();

  constructor(objects: readonly ObjectSchema[]) {
    for (const object of objects) this.put(object);
  }

  put(object: ObjectSchema): void {
    this.#objects.set(object.name.toLowerCase(), object);
  }

  remove(name: string): void {
    this.#objects.delete(name.toLowerCase());
  }

  object(name: string): ObjectSchema | undefined {
    return this.#objects.get(name.toLowerCase());
  }

  field(object: string, name: string): FieldSchema | undefined {
    const schema = this.object(object);
    return schema && findField(schema, name);
  }

  putField(object: string, field: FieldSchema): void {
    this.object(object)?.fields.set(field.name, field);
  }

  /** Keeps the schema as it is now; the function that comes back puts it back. */
  snapshot(): () => void {
    const kept = [...this.#objects].map(
      ([key, object]) => [key, { ...object, fields: new Map(object.fields) }] as const,
    );
    return () => {
      this.#objects.clear();
      for (const [key, object] of kept) this.#objects.set(key, object);
    };
  }

  objects(): ObjectSchema[] {
    return [...this.#objects.values()];
  }

  /** The object whose ids begin so. */
  byKeyPrefix(prefix: string): ObjectSchema | undefined {
    return this.objects().find((object) => object.keyPrefix === prefix);
  }

  /** The child list of that name on an object, as in `SELECT (SELECT Id FROM Contacts) FROM Account`. */
  child(parent: string, relationship: string): { object: ObjectSchema; field: FieldSchema } | undefined {
    const wanted = relationship.toLowerCase();
    for (const object of this.objects()) {
      for (const field of object.fields.values()) {
        if (field.childRelationshipName?.toLowerCase() === wanted && field.referenceTo.includes(parent))
          return { object, field };
      }
    }
    return undefined;
  }
}

/** The field that names an object's records to people. */
export const nameFieldOf = (object: ObjectSchema): string => (object.name === 'Case' ? 'CaseNumber' : 'Name');

export function findField(object: ObjectSchema, name: string): FieldSchema | undefined {
  const exact = object.fields.get(name);
  if (exact) return exact;
  const wanted = name.toLowerCase();
  return [...object.fields.values()].find((field) => field.name.toLowerCase() === wanted);
}
