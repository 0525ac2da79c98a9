import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compileCondition } from '@desk-connect/bridge/core/condition/compileCondition.js';
import { parseCondition } from '@desk-connect/bridge/core/condition/parseCondition.js';
import type { Value } from '@desk-connect/bridge/core/values.js';
import { Session } from '@desk-connect/bridge/salesforce/session.js';
import { ADMIN } from '../org/seed.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { randomFrom } from '../support/random.ts';

const RECORDS = 100;
const CONDITIONS = 100;
const NOW = Date.UTC(2026, 10, 18, 9);

type Row = Readonly<Record<string, Value>>;
type Field = { readonly path: string; readonly kind: 'text' | 'picklist' | 'number' | 'date' | 'datetime' };

const FIELDS: readonly Field[] = [
  { path: 'Title', kind: 'text' },
  { path: 'Department', kind: 'text' },
  { path: 'LeadSource', kind: 'picklist' },
  { path: 'Birthdate', kind: 'date' },
  { path: 'CreatedDate', kind: 'datetime' },
  { path: 'Account.Industry', kind: 'picklist' },
  { path: 'Account.NumberOfEmployees', kind: 'number' },
  { path: 'Account.AccountNumber', kind: 'text' },
];
const TEXTS = ['a', 'A', 'ab', 'b_c', '10%', "it's", 'Ä', 'x y'];
const PICKLISTS: Readonly<Record<string, readonly string[]>> = {
  LeadSource: ['Web', 'Phone Inquiry', 'Other'],
  'Account.Industry': ['Agriculture', 'Banking', 'Other'],
};
const DATES = ['2026-11-17', '2026-11-18', '2026-11-10', '2025-01-01'];
const WORDS = [
  'TODAY',
  'YESTERDAY',
  'THIS_WEEK',
  'LAST_N_DAYS:8',
  'THIS_YEAR',
  'LAST_YEAR',
  'LAST_N_MONTHS:3',
];

const seed = Math.floor(Math.random() * 2 ** 32);
const random = randomFrom(seed);
const some = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const maybe = <T>(value: T): T | null => (random() < 0.3 ? null : value);

let local: LocalOrg;
let session: Session;
const rows = new Map<string, Row>();

before(async () => {
  local = await startOrg({ now: () => NOW });
  const { org } = local;
  org.records.transact(org.userId(ADMIN), null, () => {
    const account = org.schema.object('Account') ?? assert.fail();
    const contact = org.schema.object('Contact') ?? assert.fail();
    const accounts = Array.from({ length: 20 }, (_, n) =>
      org.records.insert(account, {
        Name: `Account ${n}`,
        Industry: maybe(some(PICKLISTS['Account.Industry'] ?? [])),
        NumberOfEmployees: maybe(Math.floor(random() * 4)),
        AccountNumber: maybe(some(TEXTS)),
      }),
    );
    for (let n = 0; n < RECORDS; n += 1)
      org.records.insert(contact, {
        LastName: `Contact ${n}`,
        AccountId: maybe(some(accounts)),
        Title: maybe(some(TEXTS)),
        Department: maybe(some(TEXTS)),
        LeadSource: maybe(some(PICKLISTS['LeadSource'] ?? [])),
        Birthdate: maybe(some(DATES)),
      });
  });
  session = await Session.open({
    instanceUrl: local.url,
    auth: { kind: 'accessToken', accessToken: local.accessToken },
  });
  const all = await query(`SELECT Id, ${FIELDS.map(({ path }) => path).join(', ')} FROM Contact`);
  for (const row of all) rows.set(String(row['Id']), flat(row));
});
after(() => local.close());

const query = (soql: string) => session.query<Record<string, unknown>>(soql);

function flat(row: Record<string, unknown>): Row {
  return Object.fromEntries(
    FIELDS.map(({ path }) => {
      const value = path
        .split('.')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name] ?? null, row);
      return [path, value as Value];
    }),
  );
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function literal({ path, kind }: Field): string {
  if (random() < 0.15) return 'null';
  if (kind === 'number') return String(Math.floor(random() * 4));
  if (kind === 'date') return random() < 0.5 ? some(DATES) : some(WORDS);
  if (kind === 'datetime') return random() < 0.5 ? `${some(DATES)}T09:00:00Z` : some(WORDS);
  return quoted(some(kind === 'picklist' ? (PICKLISTS[path] ?? []) : TEXTS));
}

function comparison(): string {
  const field = some(FIELDS);
  const { path, kind } = field;
  const isText = kind === 'text' || kind === 'picklist';
  if (isText && random() < 0.3)
    return `${path} LIKE ${quoted(some(['a%', '%b', '_b', 'b\\_c', '%', 'A', '10\\%']))}`.replaceAll(
      '\\\\',
      '\\',
    );
  if (random() < 0.3) {
    const list = [literal(field), literal(field)].filter((one) => isText || !/[A-Z]{3}/.test(one));
    if (list.length > 0) return `${path} ${some(['IN', 'NOT IN'])} (${list.join(', ')})`;
  }
  const value = literal(field);
  return `${path} ${some(value === 'null' ? ['=', '!='] : ['=', '!=', '<', '<=', '>', '>='])} ${value}`;
}

function condition(depth = 0, nots = 0): string {
  const form = random();
  if (depth > 2 || form < 0.45) return comparison();
  if (form < 0.6 && nots < 2) return `NOT (${condition(depth + 1, nots + 1)})`;
  const joint = form < 0.8 ? ' AND ' : ' OR ';
  return `(${[condition(depth + 1), condition(depth + 1)].join(joint)})`;
}

test(`the local evaluation and the local org's SOQL agree on ${RECORDS * CONDITIONS} records and conditions, nulls and missing parents among them (seed ${seed})`, async () => {
  let matched = 0;
  for (let n = 0; n < CONDITIONS; n += 1) {
    const text = condition();
    const parsed = parseCondition(text);
    assert.ok(parsed.ok, `${text}: ${parsed.ok ? '' : parsed.message}`);
    const matches = compileCondition(parsed.condition, () => NOW);
    const bySalesforce = new Set((await query(`SELECT Id FROM Contact WHERE ${text}`)).map(({ Id }) => Id));
    for (const [id, row] of rows)
      assert.equal(
        matches((field) => row[field] ?? null),
        bySalesforce.has(id),
        `${text}\n${JSON.stringify(row)}`,
      );
    matched += bySalesforce.size;
  }
  assert.ok(matched > RECORDS && matched < RECORDS * (CONDITIONS - 1), `${matched} of all matched`);
});
