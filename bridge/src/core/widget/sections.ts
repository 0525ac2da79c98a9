import { parseDocument } from 'yaml';
import * as z from 'zod';
import { parseCondition } from '../condition/parseCondition.ts';

/** Further records that the widget shows: those of an object that point to the contact, the account or the case. */
export type Section = {
  readonly title: string;
  readonly object: string;
  readonly of: 'contact' | 'account' | 'case';
  /** The lookup by which its records point there; null: the one that there is. */
  readonly by: string | null;
  /** As behind WHERE; null: all. */
  readonly condition: string | null;
  readonly orderBy: string | null;
  /** The first one names the record, and links to it. */
  readonly fields: readonly string[];
  readonly limit: number;
};

/** What is shown where nobody says anything else. */
export const DEFAULT_SECTIONS: readonly Section[] = [
  {
    title: 'Open opportunities',
    object: 'Opportunity',
    of: 'account',
    by: 'AccountId',
    condition: 'IsClosed = false',
    orderBy: 'CloseDate',
    fields: ['Name', 'Amount', 'StageName', 'CloseDate'],
    limit: 5,
  },
];

/** With the record itself, as many as Salesforce answers in one call. */
const MOST_SECTIONS = 4;
const LONGEST_CONDITION = 2_000;
const name = z.string().regex(/^[a-z]\w*$/i, 'must be the API name of an object');
const path = z.string().regex(/^[a-z]\w*(?:\.[a-z]\w*)?$/i, 'must be a field, or one through a lookup');

const SectionSchema = z.strictObject({
  title: z.string().trim().min(1).max(80),
  object: name,
  of: z.enum(['contact', 'account', 'case'], { error: 'must be contact, account or case' }),
  by: path.optional(),
  where: z.string().max(LONGEST_CONDITION).optional(),
  orderBy: z
    .string()
    .regex(
      /^[a-z][\w.]*(?: (?:asc|desc))?(?: nulls (?:first|last))?$/i,
      'must be one field, and perhaps DESC',
    )
    .optional(),
  fields: z.array(path).min(1).max(12),
  limit: z.number().int().min(1).max(20).default(5),
});
const FileSchema = z.strictObject({
  version: z.literal(1, { error: 'must be 1, the only version there is' }),
  sections: z.array(SectionSchema).max(MOST_SECTIONS, `can be ${MOST_SECTIONS} at most`),
});

export type ParsedSections =
  | { readonly ok: true; readonly sections: readonly Section[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the text of the file that says what else the widget shows. Never throws. */
export function parseSections(source: string): ParsedSections {
  const document = parseDocument(source, { uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) return { ok: false, problems: [broken.message.trim()] };
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : String(error)] };
  }
  const parsed = FileSchema.safeParse(content);
  if (!parsed.success)
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    };
  const { sections } = parsed.data;
  const problems = sections.flatMap(({ where }, index) => {
    const condition = where === undefined ? null : parseCondition(where);
    return condition && !condition.ok ? [`sections.${index}.where: ${condition.message}`] : [];
  });
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    sections: sections.map(({ where, by, orderBy, ...rest }) => ({
      ...rest,
      by: by ?? null,
      condition: where ?? null,
      orderBy: orderBy ?? null,
    })),
  };
}
