import * as z from 'zod';
import type { DeskCustomField } from '../core/config/describes.ts';
import type { PairKind } from '../core/pair.ts';
import type { ZendeskHttp } from './http.ts';
import { readAll } from './readAll.ts';
import { id, NAMES } from './schemas.ts';

const TYPES = {
  text: 'string',
  textarea: 'string',
  regexp: 'string',
  checkbox: 'boolean',
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  tagger: 'list',
  dropdown: 'list',
  multiselect: 'multi',
} as const;

const field = z.object({
  id,
  key: z.string().nullish(),
  type: z.string(),
  title: z.string().nullish(),
  active: z.boolean().nullish(),
  /** Of users and organizations: a field of the product itself. */
  system: z.boolean().nullish(),
  /** Of tickets: false for a field of the product itself. */
  removable: z.boolean().nullish(),
  custom_field_options: z.array(z.object({ value: z.string() })).nullish(),
});

/** The custom fields of a kind of record, inactive ones too. */
export async function readFields(http: ZendeskHttp, pair: PairKind): Promise<readonly DeskCustomField[]> {
  const name = `${NAMES[pair].one}_fields`;
  const { entries } = (await readAll(http, name, name)) ?? { entries: [] };
  return entries.flatMap((entry) => {
    const { data: found } = field.safeParse(entry);
    if (!found || found.system === true || found.removable === false) return [];
    const key = pair === 'case' ? found.id : (found.key ?? '');
    if (key === '') return [];
    const type = Object.entries(TYPES).find(([own]) => own === found.type)?.[1] ?? 'other';
    return [
      {
        key,
        label: found.title ?? key,
        type,
        active: found.active !== false,
        choices:
          type === 'list' || type === 'multi'
            ? (found.custom_field_options ?? []).map(({ value }) => value)
            : [],
      },
    ];
  });
}
