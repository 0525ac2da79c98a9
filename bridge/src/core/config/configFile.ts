import { parseDocument, stringify } from 'yaml';
import * as z from 'zod';
import { PAIRS, type PairKind } from '../pair.ts';
import type { ConfigProblem } from './configProblem.ts';
import {
  CONFLICT_RULES,
  DEFAULT_RULE,
  DELETE_RULES,
  DIRECTIONS,
  mappingName,
  type Mapping,
  type Rule,
  type SyncConfig,
} from './syncConfig.ts';

/** The name that the file has where nobody says another. */
export const CONFIG_FILE = 'desk-connect.yaml';

/** Far above what a config of 500 mappings needs; a text that is longer is something else. */
const LONGEST = 1_000_000;

const oneOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });
const yesNo = z.boolean({ error: 'must be true or false' });
const text = z.string({ error: 'must be text' });

const RuleSchema = z.strictObject({
  direction: oneOf(DIRECTIONS).optional(),
  createInSalesforce: yesNo.optional(),
  createInDesk: yesNo.optional(),
  updateInSalesforce: yesNo.optional(),
  updateInDesk: yesNo.optional(),
  salesforceCondition: text.optional(),
  deskCondition: text.optional(),
  recordType: text.nullable().optional(),
  conflict: oneOf(CONFLICT_RULES).optional(),
  onDelete: oneOf(DELETE_RULES).optional(),
});
const ValueSchema = z.strictObject({ salesforce: z.coerce.string(), desk: z.coerce.string() });
const MappingSchema = z.strictObject({
  pair: oneOf(PAIRS),
  salesforce: text.min(1, 'must name a field'),
  desk: text.min(1, 'must name a field'),
  direction: oneOf(DIRECTIONS).optional(),
  owner: oneOf(CONFLICT_RULES).nullable().optional(),
  display: yesNo.optional(),
  values: z.array(ValueSchema, { error: 'must be a list' }).optional(),
});
const FileSchema = z.strictObject(
  {
    version: z.literal(1, { error: 'must be 1, the only version there is' }),
    enabled: yesNo.optional(),
    rules: z
      .strictObject({
        company: RuleSchema.optional(),
        customer: RuleSchema.optional(),
        case: RuleSchema.optional(),
      })
      .optional(),
    mappings: z.array(MappingSchema, { error: 'must be a list' }).optional(),
  },
  { error: 'must have version, enabled, rules and mappings' },
);

export type ParsedConfig =
  | { readonly ok: true; readonly config: SyncConfig }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Reads the text of a config file. What it leaves out holds as it does where nothing is set. Never throws. */
export function parseConfigFile(source: string): ParsedConfig {
  if (source.length > LONGEST) {
    const message = `It has ${source.length} characters, and a config has ${LONGEST} at most.`;
    return failed([fileProblem(message, 'Check that this is the right file.')]);
  }
  const document = parseDocument(source, { uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) return failed([fileProblem(broken.message.trim(), 'Correct the YAML at that place.')]);
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return failed([fileProblem(error instanceof Error ? error.message : String(error), 'Write it out.')]);
  }
  const parsed = FileSchema.safeParse(content ?? {});
  if (!parsed.success) return failed(parsed.error.issues.map((issue) => problemOf(issue, content)));
  const { enabled = true, rules = {}, mappings = [] } = parsed.data;
  return {
    ok: true,
    config: {
      enabled,
      rules: Object.fromEntries(PAIRS.map((pair) => [pair, ruleOf(rules[pair])])) as Record<PairKind, Rule>,
      mappings: mappings.map(mappingOf),
    },
  };
}

/** The config as a file that says what differs from the default, and reads back as the same config. */
export function formatConfigFile(config: SyncConfig): string {
  const rules = PAIRS.flatMap((pair) => {
    const set = differing(config.rules[pair], DEFAULT_RULE);
    return Object.keys(set).length > 0 ? [[pair, set] as const] : [];
  });
  const mappings = config.mappings.map(({ pair, salesforce, desk, ...rest }) => ({
    pair,
    salesforce,
    desk,
    ...differing(rest, DEFAULT_MAPPING),
  }));
  return stringify(
    {
      version: 1,
      enabled: config.enabled,
      ...(rules.length > 0 ? { rules: Object.fromEntries(rules) } : {}),
      ...(mappings.length > 0 ? { mappings } : {}),
    },
    { lineWidth: 100 },
  );
}

const DEFAULT_MAPPING: Omit<Mapping, 'pair' | 'salesforce' | 'desk'> = {
  direction: 'two-way',
  owner: null,
  display: false,
  values: [],
};

function ruleOf(given: z.infer<typeof RuleSchema> | undefined): Rule {
  return { ...DEFAULT_RULE, ...definedOf(given ?? {}) };
}

function mappingOf({ pair, salesforce, desk, ...rest }: z.infer<typeof MappingSchema>): Mapping {
  return { pair, salesforce, desk, ...DEFAULT_MAPPING, ...definedOf(rest) };
}

/** Without the keys that are there and hold nothing. */
function definedOf<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function differing<T extends object>(set: T, from: T): Partial<T> {
  const defaults = new Map(Object.entries(from));
  const same = (name: string, value: unknown) => JSON.stringify(value) === JSON.stringify(defaults.get(name));
  return Object.fromEntries(Object.entries(set).filter(([name, value]) => !same(name, value))) as Partial<T>;
}

const failed = (problems: readonly ConfigProblem[]): ParsedConfig => ({ ok: false, problems });

function fileProblem(message: string, fix: string): ConfigProblem {
  return { level: 'error', record: 'file', field: '', message, fix };
}

/** Names the record as an admin knows it: the rule by its pair, the mapping by its fields. */
function problemOf(issue: z.core.$ZodIssue, content: unknown): ConfigProblem {
  const path = issue.path.map(String);
  const [part = '', key = '', ...rest] = path;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : null;
  const message = unknown === null ? `It ${issue.message}.` : `There is no setting called ${unknown} here.`;
  const fix = unknown === null ? 'Correct it.' : 'Correct the name, or take it out.';
  const level = 'error';
  if (part === 'rules' && key !== '')
    return { level, record: `rule ${key}`, field: rest.join('.'), message, fix };
  if (part === 'mappings' && key !== '') {
    const given = (content as { mappings?: unknown[] }).mappings?.[Number(key)];
    return { level, record: nameOf(given, Number(key)), field: rest.join('.'), message, fix };
  }
  return { level, record: 'file', field: path.join('.'), message, fix };
}

function nameOf(given: unknown, index: number): string {
  const { pair, salesforce, desk } = (given ?? {}) as Partial<
    Record<'pair' | 'salesforce' | 'desk', unknown>
  >;
  return typeof pair === 'string' && typeof salesforce === 'string' && typeof desk === 'string'
    ? mappingName({ pair, salesforce, desk })
    : `mapping ${index + 1}`;
}
