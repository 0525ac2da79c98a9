import { z } from 'zod';
import { DESK_TYPES, type DeskCustomField } from '../core/config/describes.ts';
import type { PairKind } from '../core/pair.ts';
import type { DeskHttp } from './http.ts';
import { pageFrom } from './schemas.ts';

/** The most that Desk gives in one page of its custom fields. */
const PAGE = 1_000;
/** `ticket` is Desk's word for a case here. */
const OWNER = { company: 'company', customer: 'customer', case: 'ticket' } as const satisfies Record<
  PairKind,
  string
>;

const Field = z.object({
  name: z.string(),
  label: z.string().nullable().optional(),
  type: z.string(),
  active: z.boolean().nullable().optional(),
  data: z.object({ type: z.enum(DESK_TYPES), choices: z.array(z.coerce.string()).nullable().optional() }),
});

/** The custom fields of all kinds of records in one request. A field of a type that is not known is left out. */
export async function readFields(http: DeskHttp): Promise<Record<PairKind, readonly DeskCustomField[]>> {
  const entries: unknown[] = [];
  for (let number = 1, more = true; more; number += 1) {
    const { body } = await http.get(`custom_fields?per_page=${PAGE}&page=${number}`);
    const page = pageFrom(body);
    entries.push(...page.entries);
    more = page.more;
  }
  const fields = entries.flatMap((entry) => {
    const parsed = Field.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  const of = (pair: PairKind): DeskCustomField[] =>
    fields
      .filter(({ type }) => type === OWNER[pair])
      .map(({ name, label, active, data }) => ({
        key: name,
        label: label ?? name,
        type: data.type,
        active: active !== false,
        choices: data.choices ?? [],
      }));
  return { company: of('company'), customer: of('customer'), case: of('case') };
}
