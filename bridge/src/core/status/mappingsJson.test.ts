import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_CONFIG, DEFAULT_RULE, type Mapping } from '../config/syncConfig.ts';
import { DESK_VOCABULARY } from '../vocabulary/desk.ts';
import { mappingsJson, type MappingFacts } from './mappingsJson.ts';
import { LONGEST_JSON } from './shorten.ts';

type Told = {
  rules: Record<string, unknown>[];
  mappings: Record<string, unknown>[];
  problems: string[];
  more?: number;
};
const FACTS: MappingFacts = {
  home: 'org',
  config: DEFAULT_CONFIG,
  problems: [],
  vocabulary: DESK_VOCABULARY,
};
const told = (facts: Partial<MappingFacts>) => JSON.parse(mappingsJson({ ...FACTS, ...facts })) as Told;
const mapping = (salesforce: string, desk: string): Mapping => ({
  pair: 'case',
  salesforce,
  desk,
  direction: 'salesforce-to-desk',
  owner: null,
  display: true,
  values: [],
});
const STANDARD = Object.values(DESK_VOCABULARY.maps).flat().length;

test('a rule and a mapping are told as the bridge goes by them', () => {
  const rule = { ...DEFAULT_RULE, conflict: 'newest', salesforceCondition: "Priority = 'High'" } as const;
  const config = {
    ...DEFAULT_CONFIG,
    rules: { ...DEFAULT_CONFIG.rules, case: rule },
    mappings: [mapping('Subject', 'subject'), mapping('Product__c', 'custom_fields.product')],
  };
  const { rules, mappings } = told({ config });
  assert.deepEqual(rules[2], {
    pair: 'case',
    direction: 'two-way',
    createInDesk: true,
    createInSalesforce: true,
    updateInDesk: true,
    updateInSalesforce: true,
    salesforceCondition: "Priority = 'High'",
    deskCondition: '',
    recordType: null,
    conflictRule: 'newest',
    onDelete: 'unlink',
  });
  const held = { pair: 'case', direction: 'salesforce-to-desk', owner: 'newest', display: true };
  assert.equal(mappings.length, STANDARD + 1, 'a changed one stands in its place');
  assert.deepEqual(
    mappings.filter(({ standard, pair }) => standard === false && pair === 'case'),
    [
      { ...held, salesforceField: 'Subject', deskField: 'subject', standard: false },
      { ...held, salesforceField: 'Product__c', deskField: 'custom_fields.product', standard: false },
    ],
  );
});

test('before any config was found good, there are its problems and nothing else', () => {
  const problem = {
    level: 'error',
    record: 'rule case',
    field: '',
    message: 'It is bad.',
    fix: 'Mend it.',
  } as const;
  const { rules, mappings, problems } = told({ config: null, problems: [problem] });
  assert.deepEqual([rules, mappings, problems], [[], [], ['rule case: It is bad. Mend it.']]);
});

test('it always fits into its field, and says how many mappings it leaves out', () => {
  const worst = '\u0001'.repeat(50_000);
  const rule = { ...DEFAULT_RULE, salesforceCondition: worst, deskCondition: worst };
  const mappings = Array.from({ length: 2_000 }, (_, index) => mapping(`Field_${index}__c`, worst));
  const problem = { level: 'error', record: worst, field: worst, message: worst, fix: worst } as const;
  const facts = {
    config: { enabled: true, rules: { company: rule, customer: rule, case: rule }, mappings },
    problems: Array.from({ length: 100 }, () => problem),
  };
  const json = mappingsJson({ ...FACTS, home: 'file', ...facts });
  assert.ok(json.length <= LONGEST_JSON, `${json.length}`);
  const { mappings: shown, more, problems } = told(facts);
  assert.ok(shown.length > 0);
  assert.equal(shown.length + (more ?? 0), STANDARD + 2_000);
  assert.equal(problems.at(-1), 'And 80 more.');
});
