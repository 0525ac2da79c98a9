import * as z from 'zod';
import type { DeskCustomField } from '../core/config/describes.ts';
import type { PairKind } from '../core/pair.ts';
import { DESK_VOCABULARY } from '../core/vocabulary/desk.ts';
import type { DeskHttp } from './http.ts';
import { readAll } from './readAll.ts';

/** The most that Desk gives of custom fields in one page. */
const PAGE = 1_000;
/** Desk's word for whose field it is. */
const PAIR_OF: Readonly<Record<string, PairKind>> = {
  ticket: 'case',
  customer: 'customer',
  company: 'company',
};

const field = z.object({
  name: z.string().min(1),
  label: z.string().nullish(),
  type: z.string(),
  active: z.boolean().nullish(),
  data: z.object({ type: z.enum(DESK_VOCABULARY.types), choices: z.array(z.coerce.string()).nullish() }),
});

export type DeskFields = Readonly<Record<PairKind, readonly DeskCustomField[]>>;

/** The custom fields of the site. Those of a kind that is not known are left out: nothing could be said of them. */
export async function readFields(http: DeskHttp): Promise<DeskFields> {
  const fields: Record<PairKind, DeskCustomField[]> = { company: [], customer: [], case: [] };
  for (const entry of (await readAll(http, 'custom_fields', PAGE)) ?? []) {
    const { data: found } = field.safeParse(entry);
    const pair = PAIR_OF[found?.type ?? ''];
    if (!found || !pair) continue;
    fields[pair].push({
      key: found.name,
      label: found.label ?? found.name,
      type: found.data.type,
      active: found.active !== false,
      choices: found.data.type === 'list' ? (found.data.choices ?? []) : [],
    });
  }
  return fields;
}
