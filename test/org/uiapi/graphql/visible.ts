import type { Org } from '../../org.ts';
import type { FieldSchema, ObjectSchema } from '../../schema/types.ts';
import { isInGraphql } from '../supported.ts';
import { kindOf, type Kind } from './scalars.ts';

/** What one user may see of an org. */
export class Visible {
  readonly #org: Org;
  readonly #userId: string;

  constructor(org: Org, userId: string) {
    this.#org = org;
    this.#userId = userId;
  }

  objects(): ObjectSchema[] {
    return this.#org.schema.objects().filter((object) => this.sees(object));
  }

  sees(object: ObjectSchema, field?: FieldSchema): boolean {
    const access = this.#org.accessOf(this.#userId);
    if (field) return access.field(object, field).read;
    return isInGraphql(object) && access.object(object).read;
  }

  fields(object: ObjectSchema): { field: FieldSchema; kind: Kind }[] {
    return [...object.fields.values()].flatMap((field) => {
      const kind = this.sees(object, field) ? kindOf(field) : null;
      return kind ? [{ field, kind }] : [];
    });
  }

  /** The objects that a lookup can lead this user to. */
  targets(object: ObjectSchema, field: FieldSchema): ObjectSchema[] {
    if (field.relationshipName === null || !this.sees(object, field)) return [];
    return field.referenceTo
      .flatMap((name) => this.#org.schema.object(name) ?? [])
      .filter((target) => this.sees(target));
  }

  /** The object that a relationship of an object leads to. */
  targetNamed(object: ObjectSchema, relationship: string): ObjectSchema | undefined {
    const link = [...object.fields.values()].find((field) => field.relationshipName === relationship);
    return link && this.targets(object, link)[0];
  }
}
